/** All of the stream in one process: started in order, and ended in order. */
@org.jspecify.annotations.NullMarked
package dev.earshot.stream.node;
