package dev.earshot.app.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A path of the API with its parameters, each escaped; those without a value are left out. */
record Query(String path) {

  /** The path made of fixed and given parts: {@code /api/people/} and {@code ada}. */
  static Query of(String path, String... segments) {
    var whole = new StringBuilder(path);
    for (var segment : segments) {
      whole.append('/').append(escaped(segment));
    }
    return new Query(whole.toString());
  }

  Query with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    char separator = path.indexOf('?') < 0 ? '?' : '&';
    return new Query(path + separator + name + '=' + escaped(value));
  }

  Query with(String name, long value) {
    return with(name, Long.toString(value));
  }

  Query with(String name, boolean value) {
    return with(name, Boolean.toString(value));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
