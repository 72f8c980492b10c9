/** The definitions: read whole by every node, published through the log. */
@org.jspecify.annotations.NullMarked
package dev.earshot.stream.definition;
