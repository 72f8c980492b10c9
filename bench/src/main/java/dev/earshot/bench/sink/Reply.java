package dev.earshot.bench.sink;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a destination does with a request that it has read. */
public sealed interface Reply {

  /**
   * It answers.
   *
   * @param header a whole line, or nothing
   * @param after how long it takes
   */
  record Answered(int status, String header, String body, Duration after) implements Reply {

    byte[] bytes() {
      return "HTTP/1.1 %d .\r\n%sContent-Length: %d\r\n\r\n%s"
          .formatted(status, header.isEmpty() ? "" : header + "\r\n", body.length(), body)
          .getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** It resets the connection. */
  record Reset() implements Reply {}

  /** It never answers. */
  record Silent() implements Reply {}

  /** It answers with 200, one byte a second. */
  record Dripping() implements Reply {}

  /** It answers with 200 and a body that does not end. */
  record Endless() implements Reply {}

  static Reply ok() {
    return status(200);
  }

  static Reply status(int status) {
    return new Answered(status, "", "", Duration.ZERO);
  }

  static Reply slow(Duration after) {
    return new Answered(200, "", "", after);
  }

  static Reply comeBackAfter(int seconds) {
    return new Answered(429, "Retry-After: " + seconds, "", Duration.ZERO);
  }

  static Reply elsewhere(URI place) {
    return new Answered(302, "Location: " + place, "", Duration.ZERO);
  }

  static Reply says(int status, String body) {
    return new Answered(status, "", body, Duration.ZERO);
  }

  /** Whether whoever asked is told that the request was taken. */
  default boolean takes() {
    return switch (this) {
      case Answered answered -> answered.status() / 100 == 2;
      case Endless _ -> true;
      case Reset _, Silent _, Dripping _ -> false;
    };
  }
}
