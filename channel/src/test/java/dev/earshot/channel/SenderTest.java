package dev.earshot.channel;

import static dev.earshot.channel.Samples.ADA;
import static dev.earshot.channel.Samples.NOON;
import static dev.earshot.channel.Samples.definition;
import static dev.earshot.channel.Samples.delivery;
import static dev.earshot.channel.Samples.fields;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Postponed;
import dev.earshot.engine.delivery.Outcome.Refused;
import dev.earshot.stream.attempt.MemoryAttemptQueue;
import dev.earshot.stream.definition.MemoryDefinitionStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SenderTest {

  private final MemoryAttemptQueue queue = new MemoryAttemptQueue(4096);
  private final MemoryDefinitionStore definitions = new MemoryDefinitionStore();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Message> sent = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private Function<Message, Outcome> world = _ -> new Accepted("ok");
  private volatile Instant now = NOON;
  private final Channel channel =
      new Channel() {
        @Override
        public Outcome send(Message message) {
          sent.add(message);
          return world.apply(message);
        }

        @Override
        public int attemptsMax() {
          return Lane.PLACES_QUICK;
        }
      };
  private final Sender sender =
      new Sender(
          queue, definitions, Map.of("email", channel, "webhook", channel), () -> now, meters);

  SenderTest() {
    template(
        "hello", "{\"channel\": \"email\", \"subject\": \"Hi {{ user.name }}\", \"text\": \"x\"}");
    destination("crm");
  }

  @BeforeAll
  static void waitAsLongAsABusyMachineNeeds() {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(2));
  }

  @AfterAll
  static void waitAsUsual() {
    Awaitility.reset();
  }

  @AfterEach
  void stop() {
    released.countDown();
    sender.close();
  }

  @Test
  void anAttemptIsRenderedSentAndReported() {
    owe(Samples.email("d1", ADA));

    sender.start();

    assertEquals(new Accepted("ok"), outcome("d1"));
    assertEquals(Optional.of("Hi Ada"), sent.getFirst().content().part("subject"));
    assertEquals(
        1,
        meters
            .get("earshot.delivery.outcomes")
            .tags("destination", "email", "outcome", "accepted")
            .counter()
            .count());
  }

  @Test
  void theTemplateIsTheOneOfTheVersionThatWasCurrentAtTheTime() {
    publish(
        definition(
            DefinitionKind.TEMPLATE,
            "hello",
            2,
            fields("{\"channel\": \"email\", \"subject\": \"New\", \"text\": \"x\"}")));
    owe(Samples.email("d1", ADA));

    sender.start();

    outcome("d1");
    assertEquals(Optional.of("Hi Ada"), sent.getFirst().content().part("subject"));
  }

  @Test
  void aValueThatIsNotThereIsEmptyAndCounted() {
    owe(Samples.email("d1", fields("{\"user\": {\"email\": \"a@b.example\"}}")));

    sender.start();

    outcome("d1");
    assertEquals(Optional.of("Hi "), sent.getFirst().content().part("subject"));
    assertEquals(
        1, meters.get("earshot.template.absent").tag("template", "hello").counter().count());
  }

  @Test
  void aGreedyTemplateIsRefusedAndHarmsNoOther() {
    template(
        "greedy",
        "{\"channel\": \"email\", \"subject\": \"x\","
            + " \"text\": \"{% for i in (1..1000000000) %}{% endfor %}\"}");
    owe(delivery("d1", "email", "email", "greedy", ADA));
    owe(Samples.email("d2", ADA));

    sender.start();

    var refused = assertInstanceOf(Refused.class, outcome("d1"));
    assertTrue(refused.reason().startsWith("template_limit"), refused::reason);
    assertEquals(new Accepted("ok"), outcome("d2"));
  }

  @Test
  void whatIsNotDefinedYetIsTriedAgainLater() {
    owe(delivery("d1", "email", "email", "nothing", ADA));
    owe(delivery("d2", "webhook", "nowhere", null, ADA));
    owe(delivery("d3", "pigeon", "roof", null, ADA));

    sender.start();

    assertEquals(deferred("template_missing: no template nothing"), outcome("d1"));
    assertEquals(deferred("destination_missing: no destination nowhere"), outcome("d2"));
    assertEquals(deferred("channel_missing: there is no channel pigeon"), outcome("d3"));
  }

  @Test
  void aChannelThatThrowsLosesNoTicket() {
    world =
        message -> {
          if (message.delivery().id().equals("d1")) {
            throw new IllegalStateException("a bug");
          }
          throw new StackOverflowError();
        };
    owe(Samples.webhook("d1"));
    owe(Samples.webhook("d2"));

    sender.start();

    assertEquals(deferred("internal: IllegalStateException"), outcome("d1"));
    assertEquals(deferred("internal: StackOverflowError"), outcome("d2"));
  }

  @Test
  void whatHasExpiredIsNotSent() {
    now = NOON.plus(Duration.ofDays(3));
    owe(Samples.webhook("d1"));

    sender.start();

    assertInstanceOf(Postponed.class, outcome("d1"));
    assertEquals(List.of(), sent);
  }

  @Test
  void anAttemptThatItsMachineHasGivenUpIsNotSent() {
    queue.owe(new Attempt(Samples.webhook("d1"), 1, NOON.minusMillis(1)));

    sender.start();

    assertInstanceOf(Postponed.class, outcome("d1"));
    assertEquals(List.of(), sent);
  }

  @Test
  void aHangingDestinationTakesEightPlacesAndDelaysNoOther() {
    destination("hanging");
    world = this::hangIfHanging;
    for (int i = 0; i < 200; i++) {
      owe(delivery("h" + i, "webhook", "hanging", null, ADA));
    }
    for (int i = 0; i < 200; i++) {
      owe(delivery("c" + i, "webhook", "crm", null, ADA));
    }

    sender.start();

    await().until(() -> reported("c") == 200);
    assertEquals(Lane.PLACES, started("hanging"));
    now = now.plusSeconds(4);
    await().until(() -> reported("h") == 200 - Lane.PLACES);
    assertEquals(Lane.PLACES, started("hanging"));
    released.countDown();
    await().until(() -> reported("h") == 200);
  }

  @Test
  void aQuickDestinationThatHangsKeepsEightPlacesAndTheRestComesBack() {
    sender.start();
    owe(Samples.webhook("first"));
    assertEquals(new Accepted("ok"), outcome("first"));
    world = _ -> hang() ? new Accepted("ok") : Reasons.deferred("stopped", "interrupted");
    for (int i = 0; i < Lane.PLACES_QUICK; i++) {
      owe(Samples.webhook("h" + i));
    }
    await().until(() -> sent.size() == 1 + Lane.PLACES_QUICK);
    now = now.plusSeconds(4);

    await().until(() -> reported("h") == Lane.PLACES_QUICK - Lane.PLACES);

    assertEquals(1, accepted());
    released.countDown();
    await().until(() -> reported("h") == Lane.PLACES_QUICK);
    assertEquals(1 + Lane.PLACES, accepted());
  }

  @Test
  void aBurstForAFastDestinationWaitsForItsTurnInsteadOfComingBack() {
    world =
        _ -> {
          LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
          return new Accepted("ok");
        };
    for (int i = 0; i < 60; i++) {
      owe(Samples.webhook("first" + i));
    }
    sender.start();
    await().until(() -> outcomes().size() == 60);
    for (int i = 0; i < 300; i++) {
      owe(Samples.webhook("burst" + i));
    }

    await().until(() -> outcomes().size() == 360);

    assertEquals(360, sent.size());
  }

  @Test
  void aBurstOfSecondsForADestinationThatAnswersGoesOutInOne() {
    world =
        _ -> {
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
          return new Accepted("ok");
        };
    for (int i = 0; i < 4000; i++) {
      owe(Samples.webhook("burst" + i));
    }

    sender.start();

    await().until(() -> outcomes().size() == 4000);
    assertEquals(4000, sent.size());
  }

  @Test
  void whatWaitsForItsTurnIsNotRenderedYet() {
    world = this::hangIfHanging;
    destination("hanging");
    for (int i = 0; i < Lane.PLACES; i++) {
      owe(delivery("h" + i, "webhook", "hanging", "hello", ADA));
    }
    sender.start();
    await().until(() -> started("hanging") == Lane.PLACES);
    owe(delivery("h9", "webhook", "hanging", "hello", fields("{\"user\": {}}")));

    await()
        .during(Duration.ofMillis(300))
        .until(() -> meters.find("earshot.template.absent").counter() == null);
    released.countDown();

    outcome("h9");
    assertEquals(1, meters.get("earshot.template.absent").counter().count());
  }

  @Test
  void thoseThatFindNoRoomComeBackOneAfterTheOther() {
    destination("hanging");
    world = this::hangIfHanging;
    for (int i = 0; i < 200; i++) {
      owe(delivery("h" + i, "webhook", "hanging", null, ADA));
    }

    sender.start();
    await().until(() -> started("hanging") == Lane.PLACES);
    now = now.plusSeconds(4);

    await().until(() -> reported("h") == 200 - Lane.PLACES);
    var delays =
        outcomes().values().stream()
            .map(it -> assertInstanceOf(Postponed.class, it).delay())
            .distinct()
            .toList();
    assertTrue(delays.size() > 50, () -> "too many come back at once: " + delays);
  }

  @Test
  void aDestinationThatFailsRestsAndUsesUpNoAttempts() {
    world = _ -> Reasons.deferred("http_500", "down");
    for (int i = 0; i < 10; i++) {
      owe(Samples.webhook("d" + i));
    }
    sender.start();
    await().until(() -> reported("d") == 10);

    owe(Samples.webhook("later"));

    var postponed = assertInstanceOf(Postponed.class, outcome("later"));
    assertEquals(Breaker.REST_FIRST, postponed.delay());
    assertEquals(10, sent.size());
    assertEquals(
        2, meters.get("earshot.delivery.breaker").tag("destination", "crm").gauge().value());
  }

  @Test
  void closingWaitsForWhatIsUnderWay() throws InterruptedException {
    var begun = new CountDownLatch(1);
    world =
        _ -> {
          begun.countDown();
          hang();
          return new Accepted("in the end");
        };
    owe(Samples.webhook("d1"));
    sender.start();
    begun.await();

    var closing = Thread.ofVirtual().start(sender::close);
    await().until(() -> closing.getState() != Thread.State.RUNNABLE);
    released.countDown();
    closing.join();

    assertEquals(new Accepted("in the end"), outcomes().get("d1"));
  }

  @Test
  void thousandsOfAttemptsGoThroughInAMoment() {
    int count = 5000;
    var worked = new AtomicInteger();
    world =
        _ -> {
          worked.incrementAndGet();
          return new Accepted("ok");
        };
    for (int i = 0; i < 50; i++) {
      destination("t" + i);
    }
    for (int i = 0; i < count; i++) {
      owe(delivery("d" + i, "webhook", "t" + i % 50, null, ADA));
    }

    sender.start();

    await().until(() -> outcomes().size() == count);
    long postponed = outcomes().values().stream().filter(it -> it instanceof Postponed).count();
    assertEquals(count, worked.get() + postponed);
  }

  private Outcome hangIfHanging(Message message) {
    if (message.delivery().destination().equals("hanging")) {
      hang();
    }
    return new Accepted("ok");
  }

  /** Whether it was released, not interrupted. */
  private boolean hang() {
    try {
      released.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void owe(Delivery delivery) {
    queue.owe(new Attempt(delivery, 1));
  }

  private void publish(Definition definition) {
    definitions.publish(List.of(definition)).join();
  }

  /** What was reported, by the delivery's id; fails when anything was reported twice. */
  private Map<String, Outcome> outcomes() {
    return queue.outcomes().stream()
        .collect(Collectors.toUnmodifiableMap(Reported::deliveryId, Reported::outcome));
  }

  private long started(String destination) {
    return sent.stream().filter(it -> it.delivery().destination().equals(destination)).count();
  }

  private long accepted() {
    return outcomes().values().stream().filter(Accepted.class::isInstance).count();
  }

  private long reported(String prefix) {
    return outcomes().keySet().stream().filter(id -> id.startsWith(prefix)).count();
  }

  private Outcome outcome(String id) {
    await().until(() -> outcomes().containsKey(id));
    return java.util.Objects.requireNonNull(outcomes().get(id));
  }

  private static Deferred deferred(String reason) {
    return new Deferred(reason, Optional.empty());
  }

  private void template(String id, String body) {
    publish(definition(DefinitionKind.TEMPLATE, id, 1, fields(body)));
  }

  private void destination(String id) {
    publish(definition(DefinitionKind.DESTINATION, id, 1, fields("{}")));
  }
}
