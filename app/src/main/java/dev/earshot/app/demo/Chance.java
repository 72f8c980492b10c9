package dev.earshot.app.demo;

import java.util.List;

/** Chance from a seed, by SplitMix64: the same seed draws the same numbers for ever. */
final class Chance {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

  private long state;

  /**
   * @param stream which of the many independent sequences of the seed
   */
  Chance(long seed, long stream) {
    state = mixed(seed + GOLDEN) ^ mixed(stream * GOLDEN + 1);
  }

  /** A number from 0 up to but not including 1. */
  double fraction() {
    return (next() >>> 11) * 0x1p-53;
  }

  boolean happens(double probability) {
    return fraction() < probability;
  }

  int below(int bound) {
    return (int) (fraction() * bound);
  }

  /** A waiting time: mostly short, seldom long, {@code mean} on average. */
  double waiting(double mean) {
    return -Math.log(1 - fraction()) * mean;
  }

  <T> T pick(List<T> items) {
    return items.get(below(items.size()));
  }

  /** Letters and digits that stand for nothing, as in ids. */
  String token(int length) {
    var token = new char[length];
    long bits = next();
    for (int at = 0; at < length; at++) {
      if (at % 12 == 11) {
        bits = next();
      }
      token[at] = DIGITS.charAt((int) (bits & 31));
      bits >>>= 5;
    }
    return new String(token);
  }

  private long next() {
    state += GOLDEN;
    return mixed(state);
  }

  private static long mixed(long bits) {
    bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
    return bits ^ (bits >>> 31);
  }
}
