package dev.earshot.channel.template;

/**
 * What is wrong with a template, and where.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
public record Flaw(int line, int column, String message) {}
