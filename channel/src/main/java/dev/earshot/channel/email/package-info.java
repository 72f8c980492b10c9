/** Mail: composed from a message, then sent over SMTP or kept in the built-in mailbox. */
@org.jspecify.annotations.NullMarked
package dev.earshot.channel.email;
