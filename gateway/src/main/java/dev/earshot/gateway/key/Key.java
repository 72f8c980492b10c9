package dev.earshot.gateway.key;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may do, known by the key it presents.
 *
 * @param id the first characters of the key after its prefix, by which people and logs name it
 * @param origins the pages a browser may use it from, such as {@code https://app.example} or {@code
 *     https://*.example}; any when there are none
 */
public record Key(String workspace, String id, Role role, List<String> origins) {

  /** What a key is for. */
  public enum Role {
    /** Public by design: it stands in pages and apps, and can do nothing but send events. */
    WRITE,
    /** Sends events as well, from servers that keep it secret and are believed. */
    SERVER,
    ADMIN;

    /** A word that nobody knows stands for the least that a key can do. */
    static Role of(String word) {
      return switch (word) {
        case "admin" -> ADMIN;
        case "server" -> SERVER;
        default -> WRITE;
      };
    }
  }

  public Key {
    origins = List.copyOf(origins);
  }

  /** Whether it is known to none but those it was given to. */
  public boolean isSecret() {
    return role != Role.WRITE;
  }

  /** Whether a page of this origin may use the key; a caller without one is no browser. */
  public boolean allows(@Nullable String origin) {
    if (origin == null) {
      return true;
    }
    if (isSecret()) {
      return false;
    }
    return origins.isEmpty() || origins.stream().anyMatch(allowed -> matches(allowed, origin));
  }

  private static boolean matches(String allowed, String origin) {
    int star = allowed.indexOf("://*.");
    if (star < 0) {
      return allowed.equalsIgnoreCase(origin);
    }
    var scheme = allowed.substring(0, star + 3);
    var domain = allowed.substring(star + 4).toLowerCase(Locale.ROOT);
    return origin.regionMatches(true, 0, scheme, 0, scheme.length())
        && authority(origin).endsWith(domain);
  }

  private static String authority(String origin) {
    try {
      var authority = URI.create(origin).getRawAuthority();
      return authority == null ? "" : authority.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
