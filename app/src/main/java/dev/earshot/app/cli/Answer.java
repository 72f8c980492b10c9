package dev.earshot.app.cli;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** What the server said to one request. */
public record Answer(int status, Optional<Duration> retryAfter, String body) {

  static Answer of(HttpResponse<String> response) {
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("retry-after").flatMap(Answer::seconds),
        response.body());
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Whether the same request may well succeed later. */
  public boolean isBusy() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /** The body as an object, empty when it is anything else. */
  public Fields fields() {
    try {
      return Json.own(body) instanceof Fields fields ? fields : Fields.EMPTY;
    } catch (Json.Malformed e) {
      return Fields.EMPTY;
    }
  }

  public Value value() {
    try {
      return Json.own(body);
    } catch (Json.Malformed e) {
      throw new CommandFailure(
          "The server answered " + status + ", but not with JSON: " + start(), e);
    }
  }

  /** One sentence about a refusal, from the problem document when there is one. */
  public String refusal() {
    var problem = fields();
    var detail = problem.get("detail").shown();
    var title = problem.get("title").shown();
    var code = problem.get("code").shown();
    var said = detail.isEmpty() ? title : detail;
    var sentence = said.isEmpty() ? "The server answered " + status + ": " + start() : said;
    return code.isEmpty() ? sentence : sentence + " (" + code + ")";
  }

  private String start() {
    var text = body.strip();
    return text.isEmpty() ? "nothing" : text.substring(0, Math.min(200, text.length()));
  }

  private static Optional<Duration> seconds(String header) {
    try {
      return Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(header.strip()))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
