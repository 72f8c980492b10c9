package dev.earshot.bench.proof;

import dev.earshot.bench.server.RawLog;
import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.AttemptJson;
import dev.earshot.engine.delivery.Delivery;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What no part of the program writes, and a log may hold all the same. */
public final class BadRecords {

  private static final int NESTED = 100_000;

  private static final List<String> VALUES =
      List.of(
          "",
          "not JSON",
          "{\"kind\":\"event\",\"id\":",
          "{\"kind\":\"unheard-of\"}",
          "{\"kind\":\"event\",\"id\":\"\\ud800\"}",
          "{\"kind\":\"event\",\"properties\":NaN}",
          "[".repeat(NESTED));

  /** No load is as long. */
  private static final long NEVER_SENT = 999_999_999_999L;

  private BadRecords() {}

  public static List<byte[]> values() {
    return VALUES.stream().map(RawLog::bytes).toList();
  }

  /** Records for the topic of events, each under the key of a user of its own. */
  public static Map<String, byte @Nullable []> of(Load load) {
    var bad = new LinkedHashMap<String, byte @Nullable []>();
    for (var value : VALUES) {
      bad.put(key(load, bad.size()), RawLog.bytes(value));
    }
    bad.put(key(load, bad.size()), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    bad.put(key(load, bad.size()), null);
    return bad;
  }

  private static String key(Load load, int number) {
    return "default|u:" + load.mark("bad-" + number);
  }

  /** An attempt at a delivery that nobody has decided. */
  static byte[] phantom(Load load) {
    var never =
        new Shot(NEVER_SENT, NEVER_SENT, Workspace.HOME, "phantom", new Shot.Purpose.Passes());
    var now = Instant.now();
    var event = new Fields(Map.of("name", Value.of("Phantom"), "proof", Value.of(load.id(never))));
    return AttemptJson.write(
        new Attempt(
            new Delivery(
                load.mark("phantom"),
                Subject.parse("default|u:phantom").orElseThrow(),
                "webhook",
                Published.id(Destination.PLAIN, load.run()),
                null,
                0,
                "prove-plain",
                1,
                "phantom",
                "1",
                new Fields(Map.of("event", event)),
                now,
                now.plus(Duration.ofHours(1))),
            1));
  }
}
