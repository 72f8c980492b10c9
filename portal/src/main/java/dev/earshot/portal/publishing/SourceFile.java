package dev.earshot.portal.publishing;

/**
 * One file that was handed in.
 *
 * @param path as its owner knows it; never opened, only shown
 */
public record SourceFile(String path, String text) {}
