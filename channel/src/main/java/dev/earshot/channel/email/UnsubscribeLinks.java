package dev.earshot.channel.email;

import dev.earshot.channel.secret.UnsubscribeTokens;
import dev.earshot.event.Subject;
import java.net.URI;
import java.util.Map;

/** The headers of RFC 8058, by which a mail program unsubscribes with one click. */
record UnsubscribeLinks(URI publicUrl, UnsubscribeTokens tokens) {

  private static final String PATH = "/u/";

  UnsubscribeLinks {
    if (!"https".equals(publicUrl.getScheme()) && !"http".equals(publicUrl.getScheme())) {
      throw new IllegalArgumentException("the public URL begins with https:// or http://");
    }
  }

  Map<String, String> headers(Subject subject) {
    var base = publicUrl.toString().replaceAll("/+$", "");
    return Map.of(
        "List-Unsubscribe",
        '<' + base + PATH + tokens.token(subject) + '>',
        "List-Unsubscribe-Post",
        "List-Unsubscribe=One-Click");
  }
}
