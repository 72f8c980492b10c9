package dev.earshot.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every channel must do, whatever its world is. */
public abstract class ChannelConformance {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Set<Thread.State> WAITING =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  protected abstract Channel channel();

  /** A channel whose world does not answer at all. */
  protected abstract Channel broken();

  /** A channel whose world takes what it is sent, and says nothing. */
  protected abstract Channel silent() throws IOException;

  protected abstract Message good(String deliveryId);

  /** A message that nobody could ever deliver. */
  protected abstract Message impossible(String deliveryId);

  /** The keys under which the world has received messages so far, by which it can tell a repeat. */
  protected abstract List<String> keysReceived();

  @Test
  void aGoodMessageIsAcceptedAndArrivesOnce() {
    var outcome = channel().send(good("d1"));

    assertInstanceOf(Accepted.class, outcome);
    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(1, keysReceived().size()));
  }

  @Test
  void theSameDeliverySentTwiceBearsTheSameKey() {
    channel().send(good("d1"));
    channel().send(good("d1"));
    channel().send(good("d2"));

    await().atMost(PATIENCE).until(() -> keysReceived().size() == 3);
    assertEquals(2, keysReceived().stream().distinct().count());
  }

  @Test
  void aWorldThatDoesNotAnswerMeansLater() {
    assertInstanceOf(Deferred.class, broken().send(good("d1")));
  }

  @Test
  void whoIsInterruptedWaitsNoLongerAndStaysInterrupted() throws Exception {
    var channel = silent();
    var ended = new CompletableFuture<Outcome>();
    var waiting =
        Thread.ofVirtual()
            .start(() -> {
              var outcome = channel.send(good("d1"));
              if (Thread.interrupted()) {
                ended.complete(outcome);
              }
            });
    await().atMost(PATIENCE).until(() -> WAITING.contains(waiting.getState()));

    waiting.interrupt();

    await().atMost(PATIENCE).until(ended::isDone);
    assertTrue(assertInstanceOf(Deferred.class, ended.get()).reason().startsWith("stopped"));
  }

  @Test
  void whatCanNeverBeDeliveredIsRefusedAndNotSent() {
    assertInstanceOf(Refused.class, channel().send(impossible("d1")));
    assertEquals(List.of(), keysReceived());
  }
}
