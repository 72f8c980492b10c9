package dev.earshot.channel.template;

import dev.earshot.event.Json;
import dev.earshot.event.Value;

/** How the values that a template shows are made harmless to what surrounds them. */
public enum Escaping {
  /** Shown as it is, in plain text. */
  NONE {
    @Override
    String escape(String text) {
      return text;
    }
  },
  /** Between tags and within quoted attributes. */
  HTML {
    @Override
    String escape(String text) {
      var escaped = new StringBuilder(text.length() + 16);
      text.chars().forEach(c -> appendHtml(escaped, (char) c));
      return escaped.toString();
    }
  },
  /** Within a quoted string of a JSON document. */
  JSON {
    @Override
    String escape(String text) {
      var quoted = Json.text(Value.of(text));
      return quoted.substring(1, quoted.length() - 1);
    }
  };

  abstract String escape(String text);

  private static void appendHtml(StringBuilder escaped, char c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> escaped.append(c);
    }
  }
}
