package dev.earshot.portal.http;

import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.Map;

/**
 * Why a request was not done, in the form of RFC 9457.
 *
 * @param code stable, for programs: {@code key_scope}
 * @param title what kind of problem it is; the same for every problem of that code
 * @param detail what is wrong in this case, for the person who has to put it right
 * @param more further members, such as {@code errors}
 * @param headers to be sent along, such as {@code Retry-After}
 */
public record Problem(
    int status,
    String code,
    String title,
    String detail,
    Fields more,
    Map<String, String> headers) {

  public static final String CONTENT_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:earshot:problem:";

  public Problem {
    headers = Map.copyOf(headers);
  }

  public static Problem of(int status, String code, String title, String detail) {
    return new Problem(status, code, title, detail, Fields.EMPTY, Map.of());
  }

  public static Problem badRequest(String code, String detail) {
    return of(400, code, "The request is not understood.", detail);
  }

  public static Problem notFound(String code, String detail) {
    return of(404, code, "There is no such thing here.", detail);
  }

  public static Problem conflict(String code, String detail) {
    return of(409, code, "The present state does not allow this.", detail);
  }

  public static Problem unavailable(String code, String detail, int retryAfterSeconds) {
    return of(503, code, "Earshot cannot do this at the moment.", detail)
        .header("Retry-After", Integer.toString(retryAfterSeconds));
  }

  public Problem with(String name, Value value) {
    return new Problem(
        status, code, title, detail, more.with(new Fields(Map.of(name, value))), headers);
  }

  public Problem header(String name, String value) {
    var all = new java.util.HashMap<>(headers);
    all.put(name, value);
    return new Problem(status, code, title, detail, more, all);
  }

  byte[] json(String requestId) {
    var writer =
        new JsonWriter(256)
            .open()
            .member("type", TYPE_PREFIX + code)
            .member("title", title)
            .member("status", status)
            .member("detail", detail)
            .member("instance", "/requests/" + requestId)
            .member("code", code)
            .member("requestId", requestId);
    more.fields().forEach((name, value) -> writer.name(name).value(value));
    return writer.close().bytes();
  }
}
