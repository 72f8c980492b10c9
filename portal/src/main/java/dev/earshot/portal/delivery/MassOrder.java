package dev.earshot.portal.delivery;

import dev.earshot.event.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One order about many deliveries: how far it has come. */
final class MassOrder {

  private final OrderKind kind;
  private final List<String> ids;
  private final int perSecond;
  private final String by;
  private final Instant startedAt;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger passedOver = new AtomicInteger();
  private volatile boolean running = true;

  /**
   * @param ids oldest first
   */
  MassOrder(OrderKind kind, List<String> ids, int perSecond, String by, Instant startedAt) {
    this.kind = kind;
    this.ids = List.copyOf(ids);
    this.perSecond = perSecond;
    this.by = by;
    this.startedAt = startedAt;
  }

  OrderKind kind() {
    return kind;
  }

  List<String> ids() {
    return ids;
  }

  int perSecond() {
    return perSecond;
  }

  String by() {
    return by;
  }

  boolean running() {
    return running;
  }

  void didOne() {
    done.incrementAndGet();
  }

  /** It was no longer dead, or somebody else's order came first. */
  void passedOver() {
    passedOver.incrementAndGet();
  }

  void end() {
    running = false;
  }

  void write(JsonWriter json) {
    json.member("order", kind.word())
        .member("count", ids.size())
        .member("perSecond", perSecond)
        .member("by", by)
        .member("startedAt", startedAt)
        .name("running")
        .truth(running)
        .member("done", done.get())
        .member("passedOver", passedOver.get());
  }
}
