package dev.earshot.engine.delivery;

import java.time.Instant;

/**
 * How an attempt went that did not succeed.
 *
 * @param counted whether it used up one of the attempts that the policy allows
 * @param outcome what came of it, in a few words: {@code deferred: 503 Service Unavailable}
 */
public record PastAttempt(
    int number, Instant startedAt, Instant endedAt, boolean counted, String outcome) {

  public static final int OUTCOME_LENGTH_MAX = 300;

  public PastAttempt {
    outcome = shortened(outcome);
  }

  static String shortened(String text) {
    if (text.length() <= OUTCOME_LENGTH_MAX) {
      return text;
    }
    int end = OUTCOME_LENGTH_MAX - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
