/** What the commands have in common: their options, and how they fail. */
@org.jspecify.annotations.NullMarked
package dev.earshot.bench.command;
