package dev.earshot.gateway.key;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What the {@code Authorization} header of a request presents. */
public sealed interface Credential {

  /** Nothing, or nothing that names a key: it may stand in the body. */
  record None() implements Credential {}

  /** The user part of Basic: the key itself. */
  record Basic(String key) implements Credential {}

  /** Our key, or an access token beside which the key stands in the body. */
  record Bearer(String token) implements Credential {}

  static Credential of(@Nullable String authorization) {
    if (authorization == null) {
      return new None();
    }
    var header = authorization.strip();
    if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return basic(header.substring(6).strip());
    }
    if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return new Bearer(header.substring(7).strip());
    }
    return new None();
  }

  private static Credential basic(String encoded) {
    try {
      var standard = encoded.replace('-', '+').replace('_', '/');
      var text = new String(Base64.getDecoder().decode(standard), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      var user = colon < 0 ? text : text.substring(0, colon);
      return user.isEmpty() ? new None() : new Basic(user);
    } catch (IllegalArgumentException e) {
      return new None();
    }
  }
}
