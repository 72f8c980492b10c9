/** Destinations on this machine that answer as they are told and show what arrives. */
@org.jspecify.annotations.NullMarked
package dev.earshot.bench.sink;
