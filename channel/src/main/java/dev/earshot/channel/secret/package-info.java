/** Keeps the secrets of definitions and of links from those who may read the log. */
@org.jspecify.annotations.NullMarked
package dev.earshot.channel.secret;
