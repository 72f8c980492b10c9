package dev.earshot.stream.attempt;

/** What attempts count for where memory is shared out. */
final class Weight {

  private static final int BYTES_OF_ONE = 2048;

  private Weight() {}

  /** Of an attempt whose record has so many bytes. */
  static int of(int bytes) {
    return 1 + bytes / BYTES_OF_ONE;
  }
}
