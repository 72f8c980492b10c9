package dev.earshot.engine.journey;

import dev.earshot.event.Properties;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Writes numbers, texts and times one after the other, each as short as it can be. */
final class StateWriter {

  private byte[] buffer = new byte[512];
  private int length;

  void put(int octet) {
    room(1);
    buffer[length++] = (byte) octet;
  }

  /** Seven bits in each byte, the lowest first; the high bit says that more follow. */
  void number(long number) {
    room(10);
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      buffer[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
  }

  /** A number of either sign, small ones of both being short. */
  void signed(long number) {
    number((number << 1) ^ (number >> 63));
  }

  void time(Instant time) {
    signed(time.equals(Instant.MAX) ? Long.MAX_VALUE : time.toEpochMilli());
  }

  void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void properties(Properties properties) {
    bytes(properties.isEmpty() ? new byte[0] : properties.json());
  }

  byte[] written() {
    return Arrays.copyOf(buffer, length);
  }

  private void bytes(byte[] bytes) {
    number(bytes.length);
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void room(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
