package dev.earshot.portal.key;

import java.util.Locale;
import java.util.Optional;

/** What a key allows. */
public enum KeyRole {
  /** To send events, and nothing else: such a key may stand in a web page. */
  WRITE("wk_"),
  /** To send events from servers, which are believed when they say that two users are one. */
  SERVER("sk_"),
  /** To read and to change everything of its workspace. */
  ADMIN("sk_");

  private final String prefix;

  KeyRole(String prefix) {
    this.prefix = prefix;
  }

  /** What a key of this role begins with. */
  public String prefix() {
    return prefix;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<KeyRole> of(String word) {
    return switch (word) {
      case "write" -> Optional.of(WRITE);
      case "server" -> Optional.of(SERVER);
      case "admin" -> Optional.of(ADMIN);
      default -> Optional.empty();
    };
  }
}
