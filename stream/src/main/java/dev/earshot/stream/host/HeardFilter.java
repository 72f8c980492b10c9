package dev.earshot.stream.host;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells keys that were never added from those that may have been, without a look at the disk. A
 * chain of Bloom filters (B. H. Bloom, 1970), each twice as large as the one before, of ten bits
 * and five probes a key: one of a hundred new keys passes each. It never denies what was added;
 * once it has all the memory it may take, it says "maybe" more and more often.
 */
final class HeardFilter {

  private static final int FIRST_BYTES = 128 * 1024;
  private static final int BITS_PER_KEY = 10;
  private static final int PROBES = 5;

  private final Shares memory;
  private final List<long[]> filters = new ArrayList<>();
  private long bytes;
  private long room;

  HeardFilter(Shares memory) {
    this.memory = memory;
  }

  void add(String key) {
    if (room == 0) {
      grow();
    }
    room--;
    var newest = filters.getLast();
    long hash = hash(key);
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(hash, probe, newest);
      newest[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  /** False only for a key that was never added. */
  boolean mayHave(String key) {
    long hash = hash(key);
    for (var filter : filters) {
      if (has(filter, hash)) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(long[] filter, long hash) {
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(hash, probe, filter);
      if ((filter[(int) (bit >>> 6)] & (1L << bit)) == 0) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    long next = filters.isEmpty() ? FIRST_BYTES : 2L * Long.BYTES * filters.getLast().length;
    if (filters.isEmpty() || bytes + next <= memory.each()) {
      filters.add(new long[(int) (next / Long.BYTES)]);
      bytes += next;
    }
    room = (long) filters.getLast().length * Long.SIZE / BITS_PER_KEY;
  }

  /** The two halves of a hash make as many as are wanted (Kirsch and Mitzenmacher, 2006). */
  private static long bit(long hash, int probe, long[] filter) {
    int mixed = (int) (hash >>> 32) + probe * (int) hash;
    return ((mixed & 0xffff_ffffL) * ((long) filter.length * Long.SIZE)) >>> 32;
  }

  /** 64 bits of it: FNV-1a, and the finish of MurmurHash3. */
  private static long hash(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int index = 0; index < key.length(); index++) {
      hash = (hash ^ key.charAt(index)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
