package dev.earshot.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of all objects that a scanner stands in, the innermost last, to tell when one comes
 * again. A few are compared by their bytes where they stand; an object with many, or with an escape
 * in a name, has a set of texts.
 */
final class JsonNamesSeen {

  private static final int FEW = 64;
  private static final int USUAL = 32;

  private final byte[] document;

  /** Where the names of each open object or array begin. */
  private int[] begins = new int[8];

  private int depth;
  private int[] hashes = new int[USUAL];
  private long[] places = new long[USUAL];
  private int end;
  private @Nullable Map<Integer, Set<String>> sets;

  JsonNamesSeen(byte[] document) {
    this.document = document;
  }

  /** How many objects and arrays are open. */
  int depth() {
    return depth;
  }

  void enter() {
    if (depth == begins.length) {
      begins = Arrays.copyOf(begins, depth * 2);
    }
    begins[depth] = end;
    depth++;
  }

  void leave() {
    depth--;
    end = begins[depth];
    if (sets != null) {
      sets.remove(depth);
    }
  }

  /** Whether the name without an escape is the first of its kind in the innermost object. */
  boolean add(int from, int to, int hash) {
    int begin = begins[depth - 1];
    if (end - begin == FEW || (sets != null && sets.containsKey(depth - 1))) {
      return add(text(from, to));
    }
    for (int name = begin; name < end; name++) {
      if (hashes[name] == hash && isAt(places[name], from, to)) {
        return false;
      }
    }
    if (end == hashes.length) {
      hashes = Arrays.copyOf(hashes, end * 2);
      places = Arrays.copyOf(places, end * 2);
    }
    hashes[end] = hash;
    places[end] = (long) from << Integer.SIZE | to;
    end++;
    return true;
  }

  /** The same of a name that is compared as what it means. */
  boolean add(String name) {
    sets = sets == null ? new HashMap<>() : sets;
    return sets.computeIfAbsent(depth - 1, _ -> texts()).add(name);
  }

  private Set<String> texts() {
    var texts = new HashSet<String>();
    for (int name = begins[depth - 1]; name < end; name++) {
      texts.add(text(from(places[name]), to(places[name])));
    }
    return texts;
  }

  private boolean isAt(long place, int from, int to) {
    return Arrays.equals(document, from(place), to(place), document, from, to);
  }

  private static int from(long place) {
    return (int) (place >> Integer.SIZE);
  }

  private static int to(long place) {
    return (int) place;
  }

  private String text(int from, int to) {
    return new String(document, from, to - from, StandardCharsets.UTF_8);
  }
}
