package dev.earshot.gateway.admission;

import java.util.Arrays;

/** A part of the bytes of a request, where it stands. */
public final class Slice {

  private final byte[] bytes;
  private final int from;
  private final int to;

  public Slice(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  public int from() {
    return from;
  }

  public int length() {
    return to - from;
  }

  public byte[] copy() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  boolean hasSoundEscapes() {
    return WellFormed.hasSoundEscapes(bytes, from, to);
  }
}
