package dev.earshot.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventJsonTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.120Z");

  @Test
  void anEventIsTheSameAfterTheLog() {
    var event =
        new Event(
            "m1",
            "default",
            EventType.TRACK,
            "Pricing \"Viewed\" \n\u0001 été 👩",
            "ada",
            "anon-1",
            null,
            null,
            Properties.of(
                "{\"plan\":\"free\",\"deep\":{\"a\":[1,2.5,null,true]}}"
                    .getBytes(StandardCharsets.UTF_8)),
            Properties.EMPTY,
            NOON,
            NOON.plusSeconds(1),
            Origin.LIVE,
            "wk_1");

    assertEquals(event, EventJson.read(EventJson.write(event)));
  }

  @Test
  void anEventWithoutAnyoneIsRefused() {
    var json = "{\"id\":\"m1\",\"workspace\":\"default\"}".getBytes(StandardCharsets.UTF_8);

    assertThrows(Json.Malformed.class, () -> EventJson.read(json));
  }

  @Test
  void propertiesAreReadByPath() {
    var properties =
        Properties.of("{\"a\":{\"b\":7},\"a.c\":\"x\"}".getBytes(StandardCharsets.UTF_8));

    assertEquals(Value.of(7), properties.at("a.b"));
    assertEquals(Value.of("x"), properties.at("a.c"));
    assertEquals(Value.Nothing.NOTHING, properties.at("a.z"));
  }
}
