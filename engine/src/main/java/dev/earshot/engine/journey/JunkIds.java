package dev.earshot.engine.journey;

import java.util.Locale;
import java.util.Set;

/** Ids that no one person has: what programs send when they have no id. They link nobody. */
final class JunkIds {

  private static final int LONGEST = 36;
  private static final Set<String> JUNK =
      Set.of(
          "null",
          "nil",
          "none",
          "undefined",
          "unknown",
          "anonymous",
          "anon",
          "guest",
          "user",
          "userid",
          "user_id",
          "id",
          "email",
          "distinct_id",
          "distinctid",
          "not_authenticated",
          "true",
          "false",
          "nan",
          "n/a",
          "na",
          "-",
          "-1",
          "[object object]",
          "{}",
          "[]");

  private JunkIds() {}

  static boolean isJunk(String id) {
    if (id.length() > LONGEST) {
      return false;
    }
    var plain = id.strip().toLowerCase(Locale.ROOT);
    return JUNK.contains(plain) || isZero(plain);
  }

  private static boolean isZero(String id) {
    for (int index = 0; index < id.length(); index++) {
      if (id.charAt(index) != '0' && id.charAt(index) != '-') {
        return false;
      }
    }
    return true;
  }
}
