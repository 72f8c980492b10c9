/** What sends events to a server: at a fixed rate, or as fast as the answers come. */
@org.jspecify.annotations.NullMarked
package dev.earshot.bench.load;
