package dev.earshot.event;

import java.util.Locale;

/** Where an event comes from in time. */
public enum Origin {
  /** Happening now: it starts and moves journeys. */
  LIVE,
  /** Imported: it fills profiles, metrics and facts, and moves nothing. */
  HISTORY,
  /** What became of something Earshot itself did, such as a message that was delivered. */
  EARSHOT;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in the log: {@code live}. */
  public String word() {
    return word;
  }
}
