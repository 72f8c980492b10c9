package dev.earshot.engine;

import dev.earshot.event.Sha256;

/** Ids derived from what they name: the same thing has the same id, whoever asks, however often. */
public final class Ids {

  private static final char[] BASE32 = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

  private Ids() {}

  /**
   * The first {@code length} letters and digits of the SHA-256 of a text, in base 32: five bits
   * each.
   */
  public static String derived(String text, int length) {
    var hash = Sha256.of(text);
    var id = new char[length];
    for (int index = 0; index < length; index++) {
      int bit = index * 5;
      int two = (hash[bit / 8] & 0xff) << 8 | (hash[bit / 8 + 1] & 0xff);
      id[index] = BASE32[two >> (11 - bit % 8) & 31];
    }
    return new String(id);
  }
}
