package dev.earshot.engine.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Json;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;

  @Test
  void theWaitDoublesFromASecondToFiveMinutes() {
    assertWait(1, 1_000);
    assertWait(2, 2_000);
    assertWait(8, 128_000);
    assertWait(9, 256_000);
    assertWait(10, 300_000);
    assertWait(1_000, 300_000);
  }

  @Test
  void theLongestWaitsOfAllCanBeCounted() {
    var slowest = new RetryPolicy(Duration.ofHours(24), Duration.ofHours(24), 50);

    assertEquals(Duration.ofHours(24), slowest.delay(50, 0));
  }

  @Test
  void theSameAttemptAlwaysWaitsEquallyLongAndAnotherDoesNot() {
    assertEquals(POLICY.delay(8, Chance.of("dlv_1", 8)), POLICY.delay(8, Chance.of("dlv_1", 8)));
    assertNotEquals(POLICY.delay(8, Chance.of("dlv_1", 8)), POLICY.delay(8, Chance.of("dlv_2", 8)));
    assertNotEquals(POLICY.delay(8, Chance.of("dlv_1", 8)), POLICY.delay(8, Chance.of("dlv_1", 9)));
  }

  @Test
  void waitsAreSpreadEvenly() {
    var quarters = new int[4];
    for (int delivery = 0; delivery < 10_000; delivery++) {
      long millis = POLICY.delay(8, Chance.of("dlv_" + delivery, 8)).toMillis();
      quarters[(int) Math.min((millis - 64_000) / 16_000, 3)]++;
    }

    assertTrue(IntStream.of(quarters).allMatch(count -> count > 2_300 && count < 2_700));
  }

  @Test
  void aDestinationSaysHowItIsTried() {
    var said =
        RetryPolicy.of(fields("{\"retry\":{\"first\":\"5s\",\"ceiling\":\"1h\",\"attempts\":3}}"));

    assertEquals(new RetryPolicy(Duration.ofSeconds(5), Duration.ofHours(1), 3), said);
  }

  @Test
  void whatADestinationLeavesOpenOrSaysWronglyIsAsForAll() {
    assertEquals(POLICY, RetryPolicy.of(Fields.EMPTY));
    assertEquals(
        POLICY,
        RetryPolicy.of(
            fields("{\"retry\":{\"first\":\"soon\",\"ceiling\":7,\"attempts\":\"all\"}}")));
  }

  @Test
  void aPolicyStaysWithinItsLimits() {
    var wild =
        RetryPolicy.of(
            fields(
                "{\"retry\":{\"first\":\"0s\",\"ceiling\":\"99d\",\"attempts\":1000000000000}}"));

    assertEquals(new RetryPolicy(Duration.ofMillis(100), Duration.ofHours(24), 50), wild);
  }

  @Test
  void aPolicyIsThatOfTheWorkspacesOwnDestination() {
    var policies =
        RetryPolicies.DEFAULTS.with("acme", "crm", fields("{\"retry\":{\"attempts\":3}}"));
    var other = Subject.user("globex", "ada");

    assertEquals(3, policies.of(Deliveries.webhook(Duration.ofDays(1))).attemptsMax());
    assertEquals(POLICY, policies.of(Deliveries.webhook(Duration.ofDays(1), other, null)));
    assertEquals(POLICY, RetryPolicies.DEFAULTS.of(Deliveries.webhook(Duration.ofDays(1))));
  }

  private static void assertWait(int failures, long wholeMillis) {
    long millis = POLICY.delay(failures, Chance.of("dlv_1", failures)).toMillis();
    assertTrue(millis > wholeMillis / 2 && millis <= wholeMillis, millis + " ms");
  }

  private static Fields fields(String json) {
    return Json.parseFields(json.getBytes(StandardCharsets.UTF_8));
  }
}
