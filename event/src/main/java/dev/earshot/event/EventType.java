package dev.earshot.event;

import java.util.Locale;
import java.util.Optional;

/** The calls of the Segment protocol, onto which every other protocol is mapped. */
public enum EventType {
  /** Something a user did; it bears the name the product gave it. */
  TRACK(""),
  /** Traits of a user. */
  IDENTIFY("User Identified"),
  PAGE("Page Viewed"),
  SCREEN("Screen Viewed"),
  /** Traits of an account, and that a user belongs to it. */
  GROUP("Account Joined"),
  /** Two ids are one user. */
  ALIAS("User Aliased");

  private final String eventName;
  private final String word = name().toLowerCase(Locale.ROOT);

  EventType(String eventName) {
    this.eventName = eventName;
  }

  /** The event name under which rules find calls of this type; a track has its own. */
  public String eventName() {
    return eventName;
  }

  /** The word on the wire: {@code track}. */
  public String word() {
    return word;
  }

  public static Optional<EventType> of(String word) {
    return switch (word) {
      case "track" -> Optional.of(TRACK);
      case "identify" -> Optional.of(IDENTIFY);
      case "page" -> Optional.of(PAGE);
      case "screen" -> Optional.of(SCREEN);
      case "group" -> Optional.of(GROUP);
      case "alias" -> Optional.of(ALIAS);
      default -> Optional.empty();
    };
  }
}
