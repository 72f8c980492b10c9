package dev.earshot.stream.log;

import dev.earshot.event.Event;
import dev.earshot.stream.EventLog;
import dev.earshot.stream.Quarantined;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A log in memory, for tests and notebooks: keeps what it is given, or refuses it on command. */
public final class MemoryEventLog implements EventLog {

  private final List<Event> events = new ArrayList<>();
  private final List<Quarantined> quarantined = new ArrayList<>();
  private @Nullable String outage;

  @Override
  public synchronized CompletableFuture<Void> append(
      List<Event> more, Optional<String> traceparent) {
    return keep(events, more);
  }

  @Override
  public synchronized CompletableFuture<Void> quarantine(List<Quarantined> documents) {
    return keep(quarantined, documents);
  }

  /** From now on everything is refused, for this reason. */
  public synchronized void fail(String reason) {
    outage = reason;
  }

  public synchronized void recover() {
    outage = null;
  }

  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  public synchronized List<Quarantined> quarantined() {
    return List.copyOf(quarantined);
  }

  private <T> CompletableFuture<Void> keep(List<T> kept, List<T> more) {
    var reason = outage;
    if (reason != null) {
      return CompletableFuture.failedFuture(new LogUnavailable(reason));
    }
    kept.addAll(more);
    return CompletableFuture.completedFuture(null);
  }
}
