package dev.earshot.stream.attempt;

/** What attempts count for where memory is shared out. */
final class Weight {

  private static final int BYTES_OF_ONE = 2048;

  private Weight() {}

  /** Of an attempt whose record has so many bytes; one of more than the limit goes out alone. */
  static int of(int bytes, int limit) {
    return Math.min(Math.ceilDiv(bytes, BYTES_OF_ONE), limit);
  }
}
