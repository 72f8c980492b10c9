@org.jspecify.annotations.NullMarked
package dev.earshot.channel;
