package dev.earshot.event;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The JSON form of an {@link Event} in the log. */
public final class EventJson {

  public static final String KIND = "event";

  private EventJson() {}

  public static byte[] write(Event event) {
    var writer =
        new JsonWriter(384 + event.properties().json().length + event.context().json().length);
    write(event, writer);
    return writer.bytes();
  }

  public static void write(Event event, JsonWriter writer) {
    writer
        .open()
        .member("kind", KIND)
        .member("id", event.id())
        .member("workspace", event.workspace())
        .member("type", event.type().word())
        .member("name", event.name())
        .member("userId", event.userId())
        .member("anonymousId", event.anonymousId())
        .member("groupId", event.groupId())
        .member("previousId", event.previousId())
        .member("occurredAt", event.occurredAt())
        .member("receivedAt", event.receivedAt())
        .member("origin", event.origin().word())
        .member("source", event.source());
    writer.name("properties").raw(event.properties().json());
    if (!event.context().isEmpty()) {
      writer.name("context").raw(event.context().json());
    }
    writer.close();
  }

  /** Reads what {@link #write} wrote; throws {@link Json.Malformed} for anything else. */
  public static Event read(byte[] json) {
    try (var parser = Json.parser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Json.Malformed("an event is an object");
      }
      return new Reader(json).read(parser);
    } catch (JacksonException e) {
      throw new Json.Malformed(Json.reason(e));
    }
  }

  private static final class Reader {
    private final byte[] json;
    private String id = "";
    private String workspace = "";
    private EventType type = EventType.TRACK;
    private String name = "";
    private @Nullable String userId;
    private @Nullable String anonymousId;
    private @Nullable String groupId;
    private @Nullable String previousId;
    private Properties properties = Properties.EMPTY;
    private Properties context = Properties.EMPTY;
    private Instant occurredAt = Instant.EPOCH;
    private Instant receivedAt = Instant.EPOCH;
    private Origin origin = Origin.LIVE;
    private String source = "";

    Reader(byte[] json) {
      this.json = json;
    }

    Event read(JsonParser parser) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        member(parser, parser.currentName());
      }
      if (id.isEmpty() || workspace.isEmpty() || (userId == null && anonymousId == null)) {
        throw new Json.Malformed("an event has an id, a workspace and a user");
      }
      return new Event(
          id,
          workspace,
          type,
          name,
          userId,
          anonymousId,
          groupId,
          previousId,
          properties,
          context,
          occurredAt,
          receivedAt,
          origin,
          source);
    }

    private void member(JsonParser parser, String member) {
      parser.nextToken();
      switch (member) {
        case "id" -> id = parser.getString();
        case "workspace" -> workspace = parser.getString();
        case "type" -> type = type(parser.getString());
        case "name" -> name = parser.getString();
        case "userId" -> userId = parser.getString();
        case "anonymousId" -> anonymousId = parser.getString();
        case "groupId" -> groupId = parser.getString();
        case "previousId" -> previousId = parser.getString();
        case "occurredAt" -> occurredAt = time(parser.getString());
        case "receivedAt" -> receivedAt = time(parser.getString());
        case "origin" -> origin = origin(parser.getString());
        case "source" -> source = parser.getString();
        case "properties" -> properties = properties(parser);
        case "context" -> context = properties(parser);
        default -> parser.skipChildren();
      }
    }

    private Properties properties(JsonParser parser) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        return Properties.EMPTY;
      }
      int from = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      int to = (int) parser.currentTokenLocation().getByteOffset() + 1;
      return to - from == 2 ? Properties.EMPTY : Properties.of(Arrays.copyOfRange(json, from, to));
    }

    private static EventType type(String word) {
      return EventType.of(word).orElseThrow(() -> new Json.Malformed("no event type: " + word));
    }

    private static Origin origin(String word) {
      return switch (word) {
        case "live" -> Origin.LIVE;
        case "history" -> Origin.HISTORY;
        case "earshot" -> Origin.EARSHOT;
        default -> throw new Json.Malformed("no origin: " + word);
      };
    }

    private static Instant time(String text) {
      return Times.parse(text).orElseThrow(() -> new Json.Malformed("no time: " + text));
    }
  }
}
