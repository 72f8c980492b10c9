package dev.earshot.channel;

import dev.earshot.engine.delivery.Outcome.Deferred;
import java.util.Optional;

/** The words in which attempts fail: a stable code, a colon, and what a person may want to know. */
public final class Reasons {

  private static final int DETAIL_LENGTH_MAX = 400;
  private static final String TIMEOUT = "timeout: ";

  private Reasons() {}

  /** An attempt that ended because the other side took too long. */
  public static Deferred timeout(String detail) {
    return new Deferred(TIMEOUT + detail, Optional.empty());
  }

  public static Deferred deferred(String code, String detail) {
    return new Deferred(text(code, detail), Optional.empty());
  }

  /** One line without control characters, of a bounded length. */
  public static String text(String code, String detail) {
    var line = detail.replaceAll("\\p{Cntrl}+", " ").strip();
    return code
        + ": "
        + (line.length() <= DETAIL_LENGTH_MAX ? line : line.substring(0, DETAIL_LENGTH_MAX));
  }

  static boolean isTimeout(Deferred deferred) {
    return deferred.reason().startsWith(TIMEOUT);
  }
}
