package dev.earshot.bench.proof;

import dev.earshot.channel.Channel;
import dev.earshot.channel.Message;
import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.event.Event;
import dev.earshot.stream.EventLog;
import dev.earshot.stream.LogReader.Entry;
import dev.earshot.stream.Quarantined;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;

/** What mutants do: each is given what a part of the program returns, and returns a worse one. */
public final class Faults {

  private static final Duration LATER = Duration.ofSeconds(2);
  private static final Executor LATER_ON =
      CompletableFuture.delayedExecutor(LATER.toMillis(), TimeUnit.MILLISECONDS);

  private static final int AHEAD = 20;
  private static final Bytes BEHIND_ALL = Bytes.wrap(new byte[] {(byte) 0xff});

  private Faults() {}

  public static Object answeringFirst(Object log) {
    var whole = (EventLog) log;
    return new EventLog() {
      @Override
      public CompletableFuture<Void> append(List<Event> events, Optional<String> trace) {
        LATER_ON.execute(() -> whole.append(events, trace).join());
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletableFuture<Void> quarantine(List<Quarantined> documents) {
        return whole.quarantine(documents);
      }
    };
  }

  public static Object swallowing(Object log) {
    var whole = (EventLog) log;
    return new EventLog() {
      @Override
      public CompletableFuture<Void> append(List<Event> events, Optional<String> trace) {
        return whole.append(events, trace);
      }

      @Override
      public CompletableFuture<Void> quarantine(List<Quarantined> documents) {
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  public static Object reportingFirst(Object channels) {
    return withWebhook(
        channels,
        whole ->
            message -> {
              LATER_ON.execute(() -> whole.send(message));
              return new Accepted("before it was sent");
            });
  }

  public static Object drawingIds(Object channels) {
    return withWebhook(channels, whole -> message -> whole.send(underAnyId(message)));
  }

  private static Message underAnyId(Message message) {
    var it = message.delivery();
    var drawn =
        new Delivery(
            "dlv_" + UUID.randomUUID(),
            it.subject(),
            it.channel(),
            it.destination(),
            it.template(),
            it.templateVersion(),
            it.journey(),
            it.journeyVersion(),
            it.run(),
            it.step(),
            it.data(),
            it.decidedAt(),
            it.expiresAt());
    var attempt = new Attempt(drawn, message.attempt().number(), message.attempt().startBy());
    return new Message(attempt, message.content(), message.destination());
  }

  /** A worse way out, made of a whole one. */
  private interface Worse {
    Channel than(Channel whole);
  }

  private static Object withWebhook(Object channels, Worse worse) {
    var all = new HashMap<String, Channel>();
    ((Map<?, ?>) channels)
        .forEach((word, channel) -> {
          var whole = (Channel) channel;
          all.put((String) word, word.equals("webhook") ? worse.than(whole) : whole);
        });
    return all;
  }

  public static Object readingAll(Object settings) {
    return with(settings, Map.of("isolation.level", "read_uncommitted"));
  }

  /** What stands next in the queue is as if it were done. */
  public static Object ahead(Object progress) {
    try {
      var done = progress.getClass().getDeclaredField("done");
      done.setAccessible(true);
      ((BitSet) done.get(progress)).set(0, AHEAD);
      return progress;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object with(Object settings, Map<String, Object> worse) {
    var all = new HashMap<Object, Object>((Map<?, ?>) settings);
    all.putAll(worse);
    return all;
  }

  public static Object everything(Object filter) {
    Predicate<Entry> all = _ -> true;
    return all;
  }

  /** None runs but those that are set from now on. */
  public static Object forgetting(Object timers) {
    try {
      set(timers, "lowerBound", BEHIND_ALL);
      return timers;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Object of, String name, Object value)
      throws ReflectiveOperationException {
    var field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    field.set(of, value);
  }

  public static boolean never(boolean heardBefore) {
    return false;
  }
}
