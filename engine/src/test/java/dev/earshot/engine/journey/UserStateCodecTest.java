package dev.earshot.engine.journey;

import static dev.earshot.engine.journey.Given.ADA;
import static dev.earshot.engine.journey.Given.VISITOR;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.earshot.engine.audience.Activity;
import dev.earshot.engine.audience.Metric;
import dev.earshot.engine.audience.Metrics;
import dev.earshot.engine.audience.Profile;
import dev.earshot.engine.audience.Profile.Membership;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.engine.journey.UserStateCodec.Unreadable;
import dev.earshot.event.Properties;
import dev.earshot.event.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UserStateCodecTest {

  private static final Instant NOON = World.START;

  private static final Map<String, UserState> GOLDEN =
      Map.of(
          "unknown",
          UserState.Unknown.UNKNOWN,
          "person",
          person(),
          "moved-to",
          new UserState.MovedTo(VISITOR, ADA),
          "account",
          new UserState.Account(
              Subject.account(World.WORKSPACE, "acme"),
              Properties.of(Given.json("{'employees': 60}")),
              List.of(ADA, VISITOR),
              3));

  @Test
  void everyStateHasTheBytesItAlwaysHad() throws IOException {
    for (var golden : GOLDEN.entrySet()) {
      var bytes = golden(2, golden.getKey());

      assertArrayEquals(bytes, UserStateCodec.write(golden.getValue()), golden.getKey());
      assertEquals(golden.getValue(), UserStateCodec.read(bytes), golden.getKey());
    }
  }

  @Test
  void aStateOfAnEarlierVersionIsRead() throws IOException {
    for (var name : List.of("unknown", "moved-to", "account")) {
      assertEquals(GOLDEN.get(name), UserStateCodec.read(golden(1, name)), name);
    }
    var sends = ((Person) UserStateCodec.read(golden(1, "person"))).progress().sends();
    assertEquals(List.of(new Sent("abcdefghijklmnopqrstuvwxyz", "welcome", "", NOON, NOON)), sends);
    var person = person();
    var withoutChannel = person.with(person.progress().withSends(sends));
    assertEquals(withoutChannel, UserStateCodec.read(golden(1, "person")));
  }

  @Test
  void anotherVersionIsRefused() {
    var bytes = UserStateCodec.write(person());
    bytes[0] = 3;

    var refused = assertThrows(Unreadable.class, () -> UserStateCodec.read(bytes));

    assertEquals(
        "the state of a user has version 3; this program reads versions 1 to 2",
        refused.getMessage());
  }

  @Test
  void whatIsCutOffOrContinuedIsRefused() {
    var bytes = UserStateCodec.write(person());

    for (int length = 0; length < bytes.length; length++) {
      var cut = Arrays.copyOf(bytes, length);
      assertThrows(Unreadable.class, () -> UserStateCodec.read(cut), "cut at " + length);
    }
    var continued = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(Unreadable.class, () -> UserStateCodec.read(continued));
  }

  @Test
  void damagedBytesAreAStateOrAreRefused() {
    var random = new Random(11);
    var bytes = UserStateCodec.write(person());
    for (int round = 0; round < 20_000; round++) {
      var damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      try {
        UserStateCodec.read(damaged);
      } catch (Unreadable refused) {
        assertEquals(false, String.valueOf(refused.getMessage()).isEmpty());
      }
    }
  }

  private static byte[] golden(int version, String name) throws IOException {
    var file = "user-state-" + version + "-" + name + ".hex";
    try (var in = UserStateCodecTest.class.getResourceAsStream(file)) {
      var hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }

  private static Person person() {
    var traits = Properties.of(Given.json("{'plan': 'free', 'name': 'Ada é'}"));
    var account = new Membership("acme", Properties.of(Given.json("{'employees': 60}")));
    var visited = Metric.of(12, millis(-90), millis(0), millis(-3), millis(-1), millis(0));
    var activity =
        new Activity(
            Metrics.EMPTY.with("Pricing Viewed", visited).with("Signed Up", Metric.of(1, 5, 5, 5)),
            Metrics.EMPTY.with("abcdefghij234567", visited),
            NOON.minus(Duration.ofDays(90)),
            NOON);
    var cause = new Run.Cause("Signed Up", traits, NOON);
    var run = new Run("run-1", "welcome", 2, 0, NOON, NOON, NOON.plusSeconds(86_400), cause);
    var visit = new Visit("welcome", "run-1", 2, NOON, 3, true, NOON, 4);
    var sent =
        new Sent("abcdefghijklmnopqrstuvwxyz", "welcome", "email", NOON, NOON.plusSeconds(60));
    var silence = new Silence(NOON.plusSeconds(60), NOON, Duration.ofDays(7));
    return new Person(
        ADA,
        new Profile(traits, NOON, List.of(account)),
        activity,
        new Progress(List.of(run), List.of(visit), List.of(sent), silence),
        List.of("visitor-1"),
        7);
  }

  private static long millis(int days) {
    return NOON.plus(Duration.ofDays(days)).toEpochMilli();
  }
}
