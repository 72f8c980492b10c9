/** The commands that talk to a running Earshot, each through its public HTTP API alone. */
@org.jspecify.annotations.NullMarked
package dev.earshot.app.cli;
