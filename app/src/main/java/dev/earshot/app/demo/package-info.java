/** A believable product with people and habits, and the command that plays it to a server. */
@org.jspecify.annotations.NullMarked
package dev.earshot.app.demo;
