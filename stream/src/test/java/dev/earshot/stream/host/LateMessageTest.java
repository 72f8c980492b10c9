package dev.earshot.stream.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Json;
import dev.earshot.stream.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateMessageTest {

  @TempDir Path folder;

  @Test
  void aMessageThatIsLateAndStillWorthSendingIsSentOnce() {
    try (var host = afterDowntime("1d")) {
      assertEquals(1, host.read(Topic.ATTEMPTS).size());
      assertEquals(0, told(host, "Message Expired"));
    }
  }

  @Test
  void aMessageThatComesTooLateIsNotSentAndThatIsTold() {
    try (var host = afterDowntime("1h")) {
      assertEquals(0, host.read(Topic.ATTEMPTS).size());
      assertEquals(1, told(host, "Message Expired"));
    }
  }

  @Test
  void messagesThatAreLateAreSentAMinuteApart() {
    try (var host =
        afterDowntime(journey("tea", "1d"), journey("milk", "1d"), journey("sugar", "1d"))) {
      assertEquals(1, host.read(Topic.ATTEMPTS).size());
      host.watchTo(7255);
      assertEquals(0, host.read(Topic.ATTEMPTS).size());
      host.watchTo(7270);
      assertEquals(1, host.read(Topic.ATTEMPTS).size());
      host.watchTo(7330);
      assertEquals(1, host.read(Topic.ATTEMPTS).size());
    }
  }

  private HostDriver afterDowntime(String expires) {
    return afterDowntime(journey("tea", expires));
  }

  /** A message of each journey was due after ten minutes; the host comes back after two hours. */
  private HostDriver afterDowntime(Definition... journeys) {
    var host = new HostDriver(folder, new UserHosting());
    host.raw("anyone", new Activation(List.of(journeys)).json(), 0);
    host.hear("e1", "ada", "Tea Wanted", 1);
    host.standStillTo(7200);
    host.watchTo(7203);
    return host;
  }

  private static long told(HostDriver host, String name) {
    return host.read(Topic.EVENTS).stream()
        .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains(name))
        .count();
  }

  private static Definition journey(String id, String expires) {
    var body =
        """
        {"name": "Tea", "trigger": {"event": "Tea Wanted"}, "reentry": "always", "steps": [
          {"wait": "10m"},
          {"send": {"channel": "email", "template": "tea", "expires": "%s"}}]}
        """
            .formatted(expires);
    return new Definition(
        "w",
        DefinitionKind.JOURNEY,
        id,
        1,
        Json.parseFields(body.getBytes(StandardCharsets.UTF_8)),
        false,
        Instant.EPOCH,
        "someone");
  }
}
