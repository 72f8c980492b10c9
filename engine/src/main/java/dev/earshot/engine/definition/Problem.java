package dev.earshot.engine.definition;

/**
 * Something wrong in the body of a definition.
 *
 * @param path where: {@code steps[2].send.channel}, empty for the whole
 * @param expected what should stand there
 * @param found what stands there
 */
public record Problem(String path, String expected, String found) {}
