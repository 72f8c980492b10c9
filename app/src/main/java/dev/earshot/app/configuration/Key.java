package dev.earshot.app.configuration;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that can be set.
 *
 * @param name lower-case words with dashes, parts with dots: {@code smtp.host}
 * @param standard the text it has when nobody sets it; without one the key is simply not set
 * @param meaning one or two sentences for the reference
 */
record Key<T>(String name, Kind<T> kind, Optional<String> standard, String meaning) {

  static <T> Key<T> of(String name, Kind<T> kind, String standard, String meaning) {
    return new Key<>(name, kind, Optional.of(standard), meaning);
  }

  static <T> Key<T> unset(String name, Kind<T> kind, String meaning) {
    return new Key<>(name, kind, Optional.empty(), meaning);
  }

  /** The name of the environment variable that sets it: {@code EARSHOT_SMTP_HOST}. */
  String variable() {
    return variable(name);
  }

  static String variable(String name) {
    return Environment.PREFIX + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
