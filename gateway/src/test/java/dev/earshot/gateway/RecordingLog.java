package dev.earshot.gateway;

import dev.earshot.event.Event;
import dev.earshot.stream.EventLog;
import dev.earshot.stream.Quarantined;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A log that keeps what it is given in memory, and answers as it is told. */
final class RecordingLog implements EventLog {

  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<String> traces = new CopyOnWriteArrayList<>();
  final List<Quarantined> quarantined = new CopyOnWriteArrayList<>();
  volatile Supplier<CompletableFuture<Void>> answer = () -> CompletableFuture.completedFuture(null);

  @Override
  public CompletableFuture<Void> append(List<Event> appended, Optional<String> traceparent) {
    traceparent.ifPresent(traces::add);
    events.addAll(appended);
    return answer.get();
  }

  @Override
  public CompletableFuture<Void> quarantine(List<Quarantined> documents) {
    quarantined.addAll(documents);
    return answer.get();
  }
}
