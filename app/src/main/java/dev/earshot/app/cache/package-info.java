/** What the cache that java starts from cannot hold, made so that it can. */
@org.jspecify.annotations.NullMarked
package dev.earshot.app.cache;
