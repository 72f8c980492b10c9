package dev.earshot.app.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.EventType;
import dev.earshot.event.Json;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProductTest {

  private static final Instant START = Instant.parse("2026-08-22T00:00:00Z");
  private static final Duration DAYS = Duration.ofDays(90);

  @Test
  void theSameSeedIsTheSameProductToTheByte() {
    var one = new Product(7, 200, START, DAYS);
    var other = new Product(7, 200, START, DAYS);

    for (int n = 0; n < 5000; n++) {
      assertArrayEquals(one.next().json(), other.next().json());
    }
  }

  @Test
  void theSameSeedIsTheSameProductOnEveryMachine() {
    var first = new Product(1, 50, START, DAYS).next();

    assertEquals(
        """
        {"type":"page","messageId":"1-mt3m39c0-0","anonymousId":"anon_hz45rvfjypnvtrsx",\
        "name":"Home","properties":{"path":"/home"},\
        "context":{"library":{"name":"earshot-demo"},"locale":"en-US"},\
        "timestamp":"2026-08-25T13:17:32.523Z"}\
        """,
        new String(first.json(), StandardCharsets.UTF_8));
  }

  @Test
  void anotherSeedIsAnotherProduct() {
    assertNotEquals(
        new Product(1, 50, START, DAYS).next().at(), new Product(2, 50, START, DAYS).next().at());
  }

  @Test
  void theCallsAreInTheOrderOfTheirTimes() {
    var before = Instant.MIN;
    for (var message : ninetyDays(3, 300)) {
      assertFalse(message.at().isBefore(before), message::toString);
      before = message.at();
    }
  }

  @Test
  void noIdIsGivenTwice() {
    Set<String> ids = new HashSet<>();
    for (var message : ninetyDays(3, 300)) {
      assertTrue(ids.add(message.id()), message.id());
    }
  }

  @Test
  void everyCallIsOneThatTheProtocolKnows() {
    for (var message : ninetyDays(5, 200)) {
      var json = Json.parseFields(message.json());

      assertEquals(Value.of(message.type().word()), json.get("type"));
      assertEquals(message.at(), Times.parse(json.get("timestamp").shown()).orElseThrow());
      assertTrue(message.userId() != null || message.anonymousId() != null, json::toString);
      switch (message.type()) {
        case TRACK -> assertFalse(json.get("event").shown().isEmpty());
        case PAGE -> assertFalse(json.get("name").shown().isEmpty());
        case GROUP -> assertFalse(json.get("groupId").shown().isEmpty());
        case IDENTIFY -> assertTrue(json.get("traits") instanceof Value.Fields);
        case SCREEN, ALIAS -> throw new AssertionError(json.toString());
      }
    }
  }

  @Test
  void peopleAreStrangersUntilTheySignUp() {
    Set<String> signedUp = new HashSet<>();
    for (var message : ninetyDays(11, 300)) {
      if (message.type() == EventType.IDENTIFY) {
        signedUp.add(Objects.requireNonNull(message.userId()));
      }
      assertTrue(message.userId() == null || signedUp.contains(message.userId()));
    }
  }

  @Test
  void theyBehaveLikePeopleOfASoftwareProduct() {
    var messages = ninetyDays(42, 2000);
    Map<String, Integer> counts = new TreeMap<>();
    Set<String> users = new HashSet<>();
    for (var message : messages) {
      counts.merge(
          message.type() == EventType.TRACK ? message.name() : message.type().word(),
          1,
          Integer::sum);
      if (message.userId() != null) {
        users.add(message.userId());
      }
    }

    assertBetween(60_000, 400_000, messages.size(), counts);
    assertBetween(1400, 2000, users.size(), counts);
    assertEquals(users.size(), counts.getOrDefault("Signed Up", 0));
    assertBetween(3000, 60_000, counts.getOrDefault("Pricing Viewed", 0), counts);
    assertBetween(400, 6000, counts.getOrDefault("Feature Trial Started", 0), counts);
    assertBetween(100, 1500, counts.getOrDefault("Invitation Accepted", 0), counts);
    assertBetween(30, 900, counts.getOrDefault("Subscription Started", 0), counts);
    assertBetween(
        5,
        counts.getOrDefault("Subscription Started", 0),
        counts.getOrDefault("Subscription Cancelled", 0),
        counts);
  }

  @Test
  void someLookAtThePricesThreeTimesInADay() {
    Map<String, List<Instant>> views = new HashMap<>();
    int thirds = 0;
    for (var message : ninetyDays(42, 500)) {
      if (message.name().equals("Pricing Viewed") && message.userId() != null) {
        var own = views.computeIfAbsent(message.userId(), _ -> new ArrayList<>());
        own.add(message.at());
        int size = own.size();
        if (size >= 3 && own.get(size - 3).isAfter(message.at().minus(Duration.ofHours(24)))) {
          thirds++;
        }
      }
    }

    assertBetween(50, 20_000, thirds, Map.of());
  }

  @Test
  void accountsAreSmallAndLarge() {
    Map<String, Long> employees = new HashMap<>();
    for (var message : ninetyDays(42, 2000)) {
      if (message.type() == EventType.GROUP
          && message.content().at("employees") instanceof Value.Whole(var number)) {
        employees.put(Objects.requireNonNull(message.groupId()), number);
      }
    }

    var large = (int) employees.values().stream().filter(number -> number >= 50).count();
    assertBetween(employees.size() / 5, employees.size() * 4 / 5, large, Map.of());
  }

  @Test
  void thereIsMoreToDoAfterTheDays() {
    var product = new Product(42, 500, START, DAYS);
    var end = START.plus(DAYS);
    int later = 0;
    while (product.hasNext()) {
      var message = product.next();
      if (message.at().isAfter(end.plus(Duration.ofDays(2)))) {
        break;
      }
      later += message.at().isAfter(end) ? 1 : 0;
    }

    assertBetween(200, 20_000, later, Map.of());
  }

  @Test
  void mostOfTheWorkIsDoneOnWeekdays() {
    int sunday = 0;
    int wednesday = 0;
    for (var message : ninetyDays(42, 500)) {
      var day = message.at().atZone(ZoneOffset.UTC).getDayOfWeek();
      sunday += day == DayOfWeek.SUNDAY ? 1 : 0;
      wednesday += day == DayOfWeek.WEDNESDAY ? 1 : 0;
    }

    assertBetween(sunday * 2, Integer.MAX_VALUE, wednesday, Map.of());
  }

  private static void assertBetween(int low, int high, int actual, Map<String, Integer> counts) {
    assertTrue(
        actual >= low && actual <= high,
        () -> actual + " is not between " + low + " and " + high + ": " + counts);
  }

  private static List<Message> ninetyDays(long seed, int people) {
    var product = new Product(seed, people, START, DAYS);
    List<Message> messages = new ArrayList<>();
    while (product.hasNext()) {
      var message = product.next();
      if (message.at().isAfter(START.plus(DAYS))) {
        break;
      }
      messages.add(message);
    }
    return messages;
  }
}
