package dev.earshot.engine.delivery;

/** What stands in for chance: the same delivery and attempt always draw the same number. */
final class Chance {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Chance() {}

  /** FNV-1a over the id and the number, with the last mixing step of MurmurHash3. */
  static long of(String deliveryId, int attempt) {
    long hash = FNV_OFFSET;
    for (int at = 0; at < deliveryId.length(); at++) {
      hash = (hash ^ deliveryId.charAt(at)) * FNV_PRIME;
    }
    hash = (hash ^ attempt) * FNV_PRIME;
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
