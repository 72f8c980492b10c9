package dev.earshot.stream.attempt;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Refused;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Text;
import dev.earshot.stream.AttemptQueue;
import dev.earshot.stream.AttemptQueue.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AttemptQueue} does. */
abstract class AttemptQueueConformance {

  static final int LIMIT = 10;

  /** Of more than half the limit. */
  private static final Fields LONG = new Fields(Map.of("text", new Text("x".repeat(12_000))));

  private static final Fields HUGE = new Fields(Map.of("text", new Text("x".repeat(50_000))));

  static final Outcome OK = new Accepted("200");

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final String workspace = "w" + UUID.randomUUID().toString().substring(0, 8);

  abstract AttemptQueue queue();

  abstract void owe(List<Attempt> attempts);

  /** What deliveries were told, of this test's workspace. */
  abstract List<Reported> outcomes();

  /** Replaces the queue by what would be there after a crash. */
  abstract void crash();

  @Test
  void anAttemptIsHandedOutOnceAndItsOutcomeTold() {
    owe(attempts(1));

    var ticket = take(1).getFirst();
    queue().report(ticket, OK);

    awaitOutcomes(Set.of("d0"));
    assertEquals(List.of(new Reported("d0", 1, OK)), outcomes());
    assertEquals(List.of(), queue().take(Duration.ofMillis(50)));
  }

  @Test
  void theAttemptsOfOneSubjectAreHandedOutInTheirOrder() {
    owe(IntStream.range(0, 5).mapToObj(n -> attempt("d" + n, "ada")).toList());

    var ids = take(5).stream().map(ticket -> ticket.attempt().delivery().id()).toList();

    assertEquals(List.of("d0", "d1", "d2", "d3", "d4"), ids);
  }

  @Test
  void noMoreThanTheLimitAreOutAtOnce() {
    owe(attempts(LIMIT + 5));

    var out = take(LIMIT);
    assertEquals(List.of(), queue().take(Duration.ofMillis(100)));

    queue().report(out.getFirst(), OK);
    assertEquals(1, take(1).size());
    assertEquals(List.of(), queue().take(Duration.ofMillis(100)));
  }

  @Test
  void aLongAttemptCountsForMore() {
    owe(List.of(attempt("d0", "ada", LONG), attempt("d1", "ada", LONG)));

    theSecondGoesOutAfterTheFirst();
  }

  @Test
  void anAttemptThatIsLongerThanTheLimitGoesOutAlone() {
    owe(List.of(attempt("d0", "ada"), attempt("d1", "ada", HUGE)));

    theSecondGoesOutAfterTheFirst();
  }

  private void theSecondGoesOutAfterTheFirst() {
    var out = take(1);
    assertEquals(List.of(), queue().take(Duration.ofMillis(100)));

    queue().report(out.getFirst(), OK);
    assertEquals("d1", take(1).getFirst().attempt().delivery().id());
  }

  @Test
  void aTicketReportedTwiceCountsOnce() {
    owe(attempts(1));
    var ticket = take(1).getFirst();

    queue().report(ticket, OK);
    queue().report(ticket, new Refused("too late"));

    awaitOutcomes(Set.of("d0"));
    assertEquals(List.of(new Reported("d0", 1, OK)), outcomes());
  }

  @Test
  void afterACrashNothingWithAWrittenOutcomeIsHandedOutAgainAndAllElseIs() {
    owe(attempts(9));
    var taken = take(9);
    var reported = new HashSet<String>();
    for (int n = 1; n < 9; n += 2) {
      queue().report(taken.get(n), OK);
      reported.add(taken.get(n).attempt().delivery().id());
    }
    awaitOutcomes(reported);

    crash();
    var again = new HashSet<String>();
    for (var ticket : take(5)) {
      again.add(ticket.attempt().delivery().id());
      queue().report(ticket, OK);
    }

    again.retainAll(reported);
    assertEquals(Set.of(), again);
    var all = new HashSet<String>();
    taken.forEach(ticket -> all.add(ticket.attempt().delivery().id()));
    awaitOutcomes(all);
    assertEquals(9, outcomes().size());
  }

  /** Takes until so many are in hand. */
  List<Ticket> take(int count) {
    List<Ticket> taken = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(() -> {
          taken.addAll(queue().take(Duration.ofMillis(100)));
          return taken.size() >= count;
        });
    assertEquals(count, taken.size());
    return taken;
  }

  void awaitOutcomes(Set<String> deliveries) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          var told = new HashSet<String>();
          outcomes().forEach(outcome -> told.add(outcome.deliveryId()));
          return told.equals(deliveries);
        });
  }

  List<Attempt> attempts(int count) {
    return IntStream.range(0, count).mapToObj(n -> attempt("d" + n, "user" + n)).toList();
  }

  Attempt attempt(String id, String user) {
    return attempt(id, user, Fields.EMPTY);
  }

  private Attempt attempt(String id, String user, Fields data) {
    var delivery =
        new Delivery(
            id,
            Subject.user(workspace, user),
            "webhook",
            "crm",
            null,
            1,
            "welcome",
            1,
            "run",
            "step",
            data,
            NOON,
            NOON.plusSeconds(3600));
    return new Attempt(delivery, 1, NOON.plusSeconds(540));
  }
}
