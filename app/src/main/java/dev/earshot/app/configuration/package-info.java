/** What can be set, where it is read from, and the records the parts are given. */
@org.jspecify.annotations.NullMarked
package dev.earshot.app.configuration;
