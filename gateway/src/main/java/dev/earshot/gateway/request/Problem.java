package dev.earshot.gateway.request;

import dev.earshot.event.JsonWriter;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Why a request is refused, as RFC 9457 has it.
 *
 * @param detail of this case, in a sentence that helps to correct it
 * @param retryAfterSeconds when to come back; 0 when coming back does not help
 * @param lateness how long the answer is held back; one that hangs up is told at once
 * @param more writes further members of the document
 */
public record Problem(
    ProblemType type,
    String detail,
    int retryAfterSeconds,
    Duration lateness,
    Consumer<JsonWriter> more) {

  private static final int OVERLOADED_SECONDS = 2;
  private static final String TYPES = "https://earshot.dev/problems/";

  public static Problem of(ProblemType type, String detail) {
    return retry(type, detail, 0);
  }

  public static Problem retry(ProblemType type, String detail, int retryAfterSeconds) {
    return new Problem(type, detail, retryAfterSeconds, Duration.ZERO, _ -> {});
  }

  public static Problem overloaded(String detail) {
    return retry(ProblemType.OVERLOADED, detail, OVERLOADED_SECONDS);
  }

  /** The same, and written into the answer what became of each event. */
  public Problem with(Consumer<JsonWriter> members) {
    return new Problem(type, detail, retryAfterSeconds, lateness, members);
  }

  public Problem late(Duration by) {
    return new Problem(type, detail, retryAfterSeconds, by, more);
  }

  byte[] json(String requestId) {
    var writer =
        new JsonWriter(256)
            .open()
            .member("type", TYPES + type.code().replace('_', '-'))
            .member("title", type.title())
            .member("status", type.status())
            .member("detail", detail)
            .member("code", type.code())
            .member("requestId", requestId);
    more.accept(writer);
    return writer.close().bytes();
  }
}
