@org.jspecify.annotations.NullMarked
package dev.earshot.app.cli;
