package dev.earshot.app.doctor;

import dev.earshot.event.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What one look has shown.
 *
 * @param subject what was looked at
 * @param found what is so, in one sentence
 * @param advice what to do about it; empty when there is nothing to do
 */
record Finding(String subject, Verdict verdict, String found, String advice) {

  /** How bad it is. */
  enum Verdict {
    GOOD,
    /** It works, and will not for ever. */
    DOUBTFUL,
    BAD
  }

  static Finding good(String subject, String found) {
    return new Finding(subject, Verdict.GOOD, found, "");
  }

  static Finding doubtful(String subject, String found, String advice) {
    return new Finding(subject, Verdict.DOUBTFUL, found, advice);
  }

  static Finding bad(String subject, String found, String advice) {
    return new Finding(subject, Verdict.BAD, found, advice);
  }

  String text() {
    var mark =
        switch (verdict) {
          case GOOD -> "ok  ";
          case DOUBTFUL -> "hm  ";
          case BAD -> "BAD ";
        };
    var line = mark + subject + ": " + found;
    return advice.isEmpty() ? line : line + System.lineSeparator() + "      -> " + advice;
  }

  String json() {
    var json =
        new JsonWriter(256)
            .open()
            .member("subject", subject)
            .member("verdict", verdict.name().toLowerCase(Locale.ROOT))
            .member("found", found)
            .member("advice", advice)
            .close();
    return new String(json.bytes(), StandardCharsets.UTF_8);
  }
}
