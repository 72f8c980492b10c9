package dev.earshot.app.configuration;

/**
 * A text that somebody gave to a name.
 *
 * @param origin where, for a person: {@code earshot.yaml line 3}
 */
record Setting(String name, String text, String origin) {}
