/** The log itself: how things are written to it, and how people read it. */
@org.jspecify.annotations.NullMarked
package dev.earshot.stream.log;
