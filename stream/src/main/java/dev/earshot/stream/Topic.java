package dev.earshot.stream;

import java.util.Locale;

/** The topics of the log. All are keyed by subject and have the same number of partitions. */
public enum Topic {
  /** Admitted events as received, activations, and what subjects tell one another. */
  EVENTS,
  /** What happened, once each. */
  FACTS,
  /** Work for the channels. */
  ATTEMPTS,
  /** What came of the attempts. */
  OUTCOMES,
  /** Every verdict of a journey on a person, with its evidence. */
  DECISIONS,
  /** Every version of everything that was ever defined. */
  DEFINITIONS,
  /** What could not be understood, whole. */
  QUARANTINE,
  /** Mail kept here because no SMTP server is configured. */
  MAILBOX;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in commands and paths: {@code events}. */
  public String word() {
    return word;
  }
}
