/** The attempts that are to be made, and the note of those that were. */
@org.jspecify.annotations.NullMarked
package dev.earshot.stream.attempt;
