package dev.earshot.portal.http;

import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.Consumer;

/** What an endpoint answers. */
public sealed interface Answer {

  /** A document, all at once. */
  record Whole(int status, String contentType, Buffer body, Map<String, String> headers)
      implements Answer {

    public Whole {
      headers = Map.copyOf(headers);
    }
  }

  /** Lines of JSON, for as long as the source writes and the client reads. */
  record Lines(LineSource source) implements Answer {}

  /** Something that did not work out. */
  record Failed(Problem problem) implements Answer {}

  static Answer json(int status, byte[] json) {
    return new Whole(status, "application/json", Buffer.buffer(json), Map.of());
  }

  static Answer json(byte[] json) {
    return json(200, json);
  }

  static Answer json(Value value) {
    return json(Json.bytes(value));
  }

  /** An object whose members {@code members} writes. */
  static Answer object(int status, Consumer<JsonWriter> members) {
    var writer = new JsonWriter(512).open();
    members.accept(writer);
    return json(status, writer.close().bytes());
  }

  static Answer object(Consumer<JsonWriter> members) {
    return object(200, members);
  }

  static Answer text(String contentType, String text) {
    return new Whole(200, contentType, Buffer.buffer(text), Map.of());
  }

  static Answer failed(Problem problem) {
    return new Failed(problem);
  }

  /** Writes lines on a thread of its own until it has no more, or nobody listens. */
  @FunctionalInterface
  interface LineSource {
    void writeTo(LineSink sink);
  }
}
