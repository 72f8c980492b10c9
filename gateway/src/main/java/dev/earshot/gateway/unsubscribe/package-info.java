/** The links in mail by which people say that they want no more of it. */
@org.jspecify.annotations.NullMarked
package dev.earshot.gateway.unsubscribe;
