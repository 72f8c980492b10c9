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
 * @param callers the trace id of the caller's {@code traceparent}, when it sent a valid one
 */
record Trace(String id, Optional<String> callers) {

  private static final int TRACEPARENT_LENGTH = 55;

  static Trace start(@Nullable String traceparent) {
    var random = ThreadLocalRandom.current();
    var hex = HexFormat.of();
    return new Trace(
        hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1),
        traceId(traceparent));
  }

  private static Optional<String> traceId(@Nullable String traceparent) {
    if (traceparent == null || !isShaped(traceparent)) {
      return Optional.empty();
    }
    var id = traceparent.substring(3, 35);
    boolean zero = isZero(id) || isZero(traceparent.substring(36, 52));
    return zero ? Optional.empty() : Optional.of(id);
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
