package dev.earshot.app.demo;

import dev.earshot.event.EventType;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Properties;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of the Segment protocol, as a product's own server or pages would make it.
 *
 * @param name of the event or the page; without meaning for the other calls
 * @param content the properties, or the traits where the call has traits
 */
public record Message(
    String id,
    EventType type,
    String name,
    @Nullable String userId,
    @Nullable String anonymousId,
    @Nullable String groupId,
    Properties content,
    Properties context,
    Instant at) {

  private static final int USUAL_BYTES = 512;

  /** The call as JSON, with its own time. */
  public byte[] json() {
    return start(id).member("timestamp", at).close().bytes();
  }

  /** The call as it is made just now: without a time, and with an id of this playing alone. */
  public byte[] jsonNow(String playing) {
    return start(id + "-" + playing).close().bytes();
  }

  private JsonWriter start(String messageId) {
    var json =
        new JsonWriter(USUAL_BYTES)
            .open()
            .member("type", type.word())
            .member("messageId", messageId)
            .member("userId", userId)
            .member("anonymousId", anonymousId)
            .member("groupId", groupId);
    switch (type) {
      case TRACK -> json.member("event", name).name("properties").raw(content.json());
      case PAGE, SCREEN -> json.member("name", name).name("properties").raw(content.json());
      case IDENTIFY, GROUP -> json.name("traits").raw(content.json());
      case ALIAS -> {}
    }
    return json.name("context").raw(context.json());
  }
}
