package dev.earshot.event;

import java.util.Optional;

/**
 * Whom state is kept for: a user, an anonymous visitor, or an account. Its text is the record key
 * on every topic: {@code workspace|u:id}, so that all that concerns one subject stays in order.
 */
public record Subject(String workspace, Kind kind, String id) {

  /** What a subject is, and the letter that says so in its key. */
  public enum Kind {
    USER('u'),
    ANONYMOUS('a'),
    ACCOUNT('g');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  public static Subject user(String workspace, String id) {
    return new Subject(workspace, Kind.USER, id);
  }

  public static Subject anonymous(String workspace, String id) {
    return new Subject(workspace, Kind.ANONYMOUS, id);
  }

  public static Subject account(String workspace, String id) {
    return new Subject(workspace, Kind.ACCOUNT, id);
  }

  public String key() {
    return workspace + '|' + kind.letter + ':' + id;
  }

  /** Reads a record key back; empty when the text is none. */
  public static Optional<Subject> parse(String key) {
    int bar = key.indexOf('|');
    if (bar < 1 || key.length() < bar + 4 || key.charAt(bar + 2) != ':') {
      return Optional.empty();
    }
    for (var kind : Kind.values()) {
      if (kind.letter == key.charAt(bar + 1)) {
        return Optional.of(new Subject(key.substring(0, bar), kind, key.substring(bar + 3)));
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return key();
  }
}
