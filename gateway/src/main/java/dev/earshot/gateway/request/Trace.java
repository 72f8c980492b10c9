package dev.earshot.gateway.request;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The trace of one request. It starts here: a caller may lie about its own, which is kept beside it
 * for those who look for it.
 *
 * @param id 32 hex digits, and the id of the request
 * @param traceparent the caller's, when it sent a valid one, in the form of version 00
 */
record Trace(String id, Optional<String> traceparent) {

  private static final int TRACEPARENT_LENGTH = 55;

  static Trace start(@Nullable String traceparent) {
    var random = ThreadLocalRandom.current();
    var hex = HexFormat.of();
    return new Trace(
        hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1),
        valid(traceparent));
  }

  /** The trace id of the caller. */
  Optional<String> callers() {
    return traceparent.map(text -> text.substring(3, 35));
  }

  private static Optional<String> valid(@Nullable String traceparent) {
    if (traceparent == null || !isShaped(traceparent)) {
      return Optional.empty();
    }
    boolean zero = isZero(traceparent.substring(3, 35)) || isZero(traceparent.substring(36, 52));
    return zero
        ? Optional.empty()
        : Optional.of("00" + traceparent.substring(2, TRACEPARENT_LENGTH));
  }

  private static boolean isShaped(String text) {
    if (text.length() < TRACEPARENT_LENGTH || text.startsWith("ff")) {
      return false;
    }
    boolean known = text.startsWith("00");
    boolean ends =
        text.length() == TRACEPARENT_LENGTH || (!known && text.charAt(TRACEPARENT_LENGTH) == '-');
    for (int at = 0; at < TRACEPARENT_LENGTH; at++) {
      boolean dash = at == 2 || at == 35 || at == 52;
      if (dash ? text.charAt(at) != '-' : !isHex(text.charAt(at))) {
        return false;
      }
    }
    return ends;
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static boolean isZero(String hex) {
    return hex.chars().allMatch(c -> c == '0');
  }
}
