package dev.earshot.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.server.Target;
import dev.earshot.bench.sink.Reply;
import dev.earshot.bench.sink.Sink;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Both loops against a sink, which answers 200 to everything. */
class LoopTest {

  @Test
  void anOpenLoopSendsEveryRequestOnceAndHearsItsAnswer() {
    Set<String> bodies = new ConcurrentSkipListSet<>();
    Set<Long> answered = new ConcurrentSkipListSet<>();
    try (var sink = Sink.start((_, request) -> take(() -> bodies.add(request.body())))) {
      new OpenLoop(
              sink.url(),
              number -> target(sink).post("/v1/track", "{\"n\":" + number + "}"),
              (number, _, answer) -> {
                assertEquals(new Answer.Status(200), answer);
                answered.add(number);
              })
          .run(5, 2_000, number -> number < 505);
    }

    assertEquals(LongStream.range(5, 505).boxed().collect(Collectors.toSet()), answered);
    assertEquals(500, bodies.size());
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() {
    var sink = Sink.start((_, _) -> Reply.ok());
    sink.close();
    List<Answer> answers = new CopyOnWriteArrayList<>();

    new OpenLoop(sink.url(), _ -> new byte[0], (_, _, answer) -> answers.add(answer))
        .run(0, 100, number -> number < 1);

    assertEquals(List.of(new Answer.Unreachable()), answers);
  }

  @Test
  void aClosedLoopCountsTheEventsOfEveryBatchThatWasAccepted() {
    var sent = new AtomicLong();
    var numbers = new AtomicLong();
    try (var sink = Sink.start((_, request) -> take(() -> sent.addAndGet(events(request))))) {
      var batch = Events.batch(Events.counted("run"), 10);
      var request = Stamp.of(target(sink).post("/v1/batch", batch));

      var rate =
          new ClosedLoop(sink.url(), request, numbers)
              .run(3, Duration.ofMillis(1), Duration.ofMillis(300));

      assertEquals(0, rate.refused());
      assertTrue(sent.get() >= 30);
      assertEquals(numbers.get(), sent.get());
    }
  }

  @Test
  void aFloodTellsWhatWasTakenFromWhatWasRefused() {
    var taken = new AtomicLong();
    try (var sink =
        Sink.start((_, _) ->
            switch ((int) (taken.getAndIncrement() % 4)) {
              case 0 -> Reply.status(503);
              case 1 -> Reply.comeBackAfter(1);
              case 2 -> Reply.status(400);
              default -> Reply.ok();
            })) {
      var request = Stamp.of(target(sink).post("/v1/batch", Events.batch("{}", 1)));

      var ends = new Flood(sink.url(), request).run(4, 1_000, Duration.ofMillis(300));

      assertEquals(taken.get(), ends.sent());
      assertTrue(ends.sent() > 4);
      assertEquals(taken.get() / 4, ends.accepted().count());
      assertTrue(ends.refused().count() >= 2 * ends.accepted().count());
      assertTrue(ends.failed() >= ends.accepted().count());
    }
  }

  @Test
  void theHeadersOfARequestCanBeRead() {
    List<Optional<String>> seen = new CopyOnWriteArrayList<>();
    try (var sink =
            Sink.start((_, request) -> {
              seen.add(request.header("webhook-id"));
              seen.add(request.header("absent"));
              return Reply.ok();
            });
        var connections = new Connections(sink.url())) {
      var request = "POST /hook HTTP/1.1\r\nWebhook-Id: dlv_1 \r\nContent-Length: 0\r\n\r\n";
      connections.exchange(request.getBytes(StandardCharsets.US_ASCII));
    }

    assertEquals(List.of(Optional.of("dlv_1"), Optional.empty()), seen);
  }

  private static Reply take(Runnable note) {
    note.run();
    return Reply.ok();
  }

  private static Target target(Sink sink) {
    return new Target(URI.create("http://" + sink.url().getAuthority()), "wk_1", "sk_1");
  }

  private static int events(Wire.Message request) {
    return request.body().split("messageId", -1).length - 1;
  }
}
