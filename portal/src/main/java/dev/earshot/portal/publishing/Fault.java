package dev.earshot.portal.publishing;

/**
 * What is wrong in a body.
 *
 * @param path names joined by dots, positions in brackets: {@code steps[0].send.template}
 */
public record Fault(String path, String expected, String found) {}
