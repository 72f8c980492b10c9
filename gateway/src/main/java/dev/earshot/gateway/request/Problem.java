package dev.earshot.gateway.request;

import dev.earshot.event.JsonWriter;
import java.util.function.Consumer;

/**
 * Why a request is refused, as RFC 9457 has it.
 *
 * @param detail of this case, in a sentence that helps to correct it
 * @param retryAfterSeconds when to come back; 0 when coming back does not help
 * @param more writes further members of the document
 */
public record Problem(
    ProblemType type, String detail, int retryAfterSeconds, Consumer<JsonWriter> more) {

  private static final String TYPES = "https://earshot.dev/problems/";

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, 0, _ -> {});
  }

  public static Problem retry(ProblemType type, String detail, int retryAfterSeconds) {
    return new Problem(type, detail, retryAfterSeconds, _ -> {});
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
