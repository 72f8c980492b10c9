@org.jspecify.annotations.NullMarked
package dev.earshot.gateway.collect;
