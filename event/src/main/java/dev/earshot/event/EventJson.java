package dev.earshot.event;

import dev.earshot.event.JsonScanner.Kind;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The JSON form of an {@link Event} in the log. */
public final class EventJson {

  public static final String KIND = "event";

  private static final JsonNames MEMBERS =
      JsonNames.of(
          "id",
          "workspace",
          "type",
          "name",
          "userId",
          "anonymousId",
          "groupId",
          "previousId",
          "occurredAt",
          "receivedAt",
          "origin",
          "source",
          "properties",
          "context");

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
    return new Reader(json).read();
  }

  private static final class Reader {
    private final byte[] json;
    private final JsonScanner scanner;
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
      this.scanner = new JsonScanner(json, MEMBERS);
    }

    Event read() {
      if (scanner.kind() != Kind.OBJECT) {
        throw new Json.Malformed("an event is an object");
      }
      scanner.enter();
      while (scanner.nextMember()) {
        member(scanner.name(), scanner.kind());
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

    private void member(String member, Kind kind) {
      switch (kind) {
        case TEXT -> text(member);
        case OBJECT -> object(member);
        case ARRAY, NUMBER, TRUE, FALSE, NULL -> scanner.pass();
      }
    }

    private void text(String member) {
      switch (member) {
        case "id" -> id = scanner.text();
        case "workspace" -> workspace = scanner.text();
        case "type" -> type = type(scanner.text());
        case "name" -> name = scanner.text();
        case "userId" -> userId = scanner.text();
        case "anonymousId" -> anonymousId = scanner.text();
        case "groupId" -> groupId = scanner.text();
        case "previousId" -> previousId = scanner.text();
        case "occurredAt" -> occurredAt = time(scanner.text());
        case "receivedAt" -> receivedAt = time(scanner.text());
        case "origin" -> origin = origin(scanner.text());
        case "source" -> source = scanner.text();
        default -> scanner.pass();
      }
    }

    private void object(String member) {
      int from = scanner.position();
      scanner.pass();
      switch (member) {
        case "properties" -> properties = slice(from);
        case "context" -> context = slice(from);
        default -> {}
      }
    }

    private Properties slice(int from) {
      int to = scanner.position();
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
