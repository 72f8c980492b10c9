package dev.earshot.portal.publishing;

/**
 * What is wrong in a file, and where.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param path of the value within its document: {@code steps[0].send.template}; empty for the whole
 * @param detail one sentence for a person
 */
public record SourceFault(
    String file, int line, int column, String path, String expected, String found, String detail) {}
