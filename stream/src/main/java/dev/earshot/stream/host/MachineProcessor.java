package dev.earshot.stream.host;

import dev.earshot.engine.Machine;
import dev.earshot.event.JsonWriter;
import dev.earshot.stream.host.Hosting.Route;
import dev.earshot.stream.host.Timers.Timer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosts a machine in Kafka Streams: loads the state of a key, steps, saves the state with its
 * timers, and sends on what the steps emitted, all in one transaction.
 */
final class MachineProcessor<S, I, O>
    extends ContextualProcessor<String, Signal<I>, String, Passed> {

  /**
   * How many timers one tick fires, of those that are late and of the others, so that no tick holds
   * up the events behind it.
   */
  static final int FIRED_MAX = 500;

  /** How many timers of its own one input may set off; a machine that passes it runs in circles. */
  static final int OWN_FIRED_MAX = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(MachineProcessor.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  /** The same while nothing is to come: Kafka Streams commits after each look. */
  private static final Duration LOOK_EVERY_AT_REST = Duration.ofSeconds(3);

  private final Hosting<S, I, O> hosting;
  private final Repeats.All allRepeats;
  private final Shares stateMemory;
  private final Ticker.All tickers;
  private final CatchUp.Rate rate;
  private final Commits.All allCommits;
  private final HostMetrics metrics;

  private Machine<S, I, O> machine;
  private States<S> states;
  private Timers timers;
  private Repeats repeats;
  private ActiveDefinitions definitions;
  private Ticker ticker;
  private CatchUp catchUp;
  private Commits commits;
  private @Nullable Cancellable looking;

  MachineProcessor(
      Hosting<S, I, O> hosting,
      Repeats.All repeats,
      Shares stateMemory,
      Ticker.All tickers,
      CatchUp.Rate rate,
      Commits.All commits,
      MeterRegistry registry) {
    this.hosting = hosting;
    allRepeats = repeats;
    this.stateMemory = stateMemory;
    this.tickers = tickers;
    this.rate = rate;
    allCommits = commits;
    metrics = new HostMetrics(registry, hosting.name());
  }

  @Override
  public void init(ProcessorContext<String, Passed> context) {
    super.init(context);
    stateMemory.taken();
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(HostStores.STATE);
    states = new States<>(hosting, store, stateMemory);
    timers = Timers.of(hosting.timers(), store);
    repeats = allRepeats.of(context.taskId());
    definitions = new ActiveDefinitions(context.getStateStore(ActiveDefinitions.STORE));
    ticker = tickers.of(context.taskId());
    catchUp = new CatchUp(rate, context.taskId().partition());
    machine = hosting.machine(definitions.all());
    commits = allCommits.of(context.taskId());
    context.schedule(LOOK_EVERY_AT_REST, PunctuationType.WALL_CLOCK_TIME, this::look);
    lookOften();
  }

  @Override
  public void close() {
    lookSeldom();
    stateMemory.returned();
  }

  @Override
  public void process(Record<String, Signal<I>> record) {
    lookOften();
    switch (record.value()) {
      case Signal.Heard<I>(var input, var raw) -> hear(record, input, raw);
      case Signal.Tick<I>() -> tick(record);
      case Signal.Activated<I>() -> activate(record);
    }
  }

  private void activate(Record<String, Signal<I>> record) {
    try {
      machine = hosting.machine(definitions.all());
    } catch (RuntimeException e) {
      quarantine(record, raw(record.key(), "activation"), e);
    }
  }

  private void hear(Record<String, Signal<I>> record, I input, byte[] raw) {
    var repeatKey = hosting.repeatKey(input);
    if (repeatKey.isPresent() && repeats.heardBefore(repeatKey.get(), record.timestamp())) {
      metrics.repeated();
      return;
    }
    metrics.heard();
    var key = record.key();
    var now = Instant.ofEpochMilli(record.timestamp());
    try {
      var turn = begin(key);
      fireOwn(turn, record, record.timestamp());
      try {
        turn.hear(input, now);
      } catch (RuntimeException e) {
        quarantine(record, raw, e);
      }
      take(key, turn, record, raw);
    } catch (Envelope.Unreadable e) {
      quarantine(record, raw, e);
    }
  }

  private Turn<S, I, O> begin(String key) {
    var kept = states.get(key);
    return new Turn<>(hosting, machine, kept == null ? Kept.nothing(machine.initial()) : kept);
  }

  /** Before anything of time t is heard, what was due by t has happened. */
  private void fireOwn(Turn<S, I, O> turn, Record<String, Signal<I>> record, long dueMillis) {
    for (int fired = 0; fired < OWN_FIRED_MAX; fired++) {
      var due = turn.due(dueMillis);
      if (due.isEmpty()) {
        return;
      }
      fire(turn, record.key(), due.get(), record);
    }
    LOG.error("A {} machine set off {} of its own timers at once", hosting.name(), OWN_FIRED_MAX);
  }

  /** Who is late waits for a turn at the pace of catching up; who is not goes past them. */
  private void tick(Record<String, Signal<I>> record) {
    long now = record.timestamp();
    long late = CatchUp.late(now);
    long allowed = Math.min(catchUp.allowed(now), FIRED_MAX);
    for (long left = allowed; left > 0 && timers.due(late); left--) {
      var timer = timers.head().orElseThrow();
      fire(timer, record, turn -> fire(turn, timer.key(), timer.name(), record));
      catchUp.fired();
    }
    var inTime = timers.between(late, now, FIRED_MAX);
    for (var timer : inTime) {
      // What the same key had due before comes before it, late as that may be.
      var own = record.withKey(timer.key());
      fire(timer, record, turn -> fireOwn(turn, own, timer.dueMillis()));
    }
    if (inTime.size() == FIRED_MAX || (timers.due(late) && catchUp.allowed(now) > 0)) {
      askForTick(context().currentSystemTimeMs());
    }
  }

  private void fire(Timer timer, Record<String, Signal<I>> tick, Consumer<Turn<S, I, O>> firing) {
    try {
      var turn = begin(timer.key());
      if (turn.runs(timer.name(), timer.dueMillis())) {
        metrics.fired(tick.timestamp() - timer.dueMillis());
        firing.accept(turn);
        take(timer.key(), turn, tick, raw(timer.key(), timer.name()));
      } else {
        timers.remove(timer);
      }
    } catch (Envelope.Unreadable e) {
      timers.remove(timer);
      quarantine(tick.withKey(timer.key()), raw(timer.key(), timer.name()), e);
    }
  }

  private void fire(
      Turn<S, I, O> turn, String key, String timer, Record<String, Signal<I>> record) {
    try {
      turn.fire(timer, Instant.ofEpochMilli(record.timestamp()));
    } catch (RuntimeException e) {
      quarantine(record.withKey(key), raw(key, timer), e);
    }
  }

  private void take(String key, Turn<S, I, O> turn, Record<String, Signal<I>> cause, byte[] raw) {
    if (turn.leavesNothing()) {
      states.delete(key);
    } else {
      states.put(key, turn.kept(), turn.stored());
    }
    index(key, turn);
    for (var route : turn.routes()) {
      send(route, cause, raw);
    }
    commits.decided(cause.timestamp(), context());
  }

  private void index(String key, Turn<S, I, O> turn) {
    var before = turn.timersBefore();
    var after = turn.timers();
    if (before.equals(after)) {
      return;
    }
    before.forEach((name, due) -> {
      if (!due.equals(after.get(name))) {
        timers.remove(new Timer(due, key, name));
      }
    });
    after.forEach((name, due) -> {
      if (!due.equals(before.get(name))) {
        timers.set(new Timer(due, key, name));
      }
    });
  }

  private void send(Route route, Record<String, Signal<I>> cause, byte[] raw) {
    switch (route) {
      case Route.ToLog toLog ->
          context()
              .forward(LogSink.record(toLog, cause.headers(), cause.timestamp()), LogSink.NAME);
      case Route.ToMachine(var name, var key, var input) ->
          context()
              .forward(
                  new Record<>(
                      key, new Signal.Heard<>(input, raw), cause.timestamp(), cause.headers()),
                  name);
    }
  }

  private void quarantine(Record<String, Signal<I>> record, byte[] raw, RuntimeException cause) {
    metrics.quarantined();
    var where = context().recordMetadata().orElseThrow();
    Mention.of(
        record.headers(),
        () ->
            LOG.warn(
                "Set aside a record of {} at {}-{}/{}: {}",
                hosting.name(),
                where.topic(),
                where.partition(),
                where.offset(),
                cause.getClass().getSimpleName(),
                cause));
    var route =
        Poison.quarantine(where, record.key(), raw, record.timestamp(), Poison.STEP_FAILED, cause);
    send(route, record, raw);
  }

  private void look(long nowMillis) {
    boolean late = timers.due(CatchUp.late(nowMillis));
    if (!late || ticker.quietFor(CatchUp.EVERY, nowMillis)) {
      askForTick(nowMillis);
    }
    commits.look(nowMillis, context());
    if (commits.owed() || timers.due(nowMillis + LOOK_EVERY_AT_REST.toMillis())) {
      lookOften();
    } else {
      lookSeldom();
    }
  }

  private void lookOften() {
    if (looking == null) {
      looking = context().schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::look);
    }
  }

  private void lookSeldom() {
    if (looking != null) {
      looking.cancel();
      looking = null;
    }
  }

  private void askForTick(long nowMillis) {
    if (timers.due(nowMillis) && ticker.ask(nowMillis)) {
      var tick = Ticker.tick(context().taskId().partition());
      var route = new Route.ToLog(tick.id(), tick);
      context().forward(LogSink.record(route, new RecordHeaders(), nowMillis), LogSink.NAME);
      commits.decided(nowMillis, context());
    }
  }

  private static byte[] raw(String key, String timer) {
    return new JsonWriter(128)
        .open()
        .member("kind", "timer")
        .member("key", key)
        .member("timer", timer)
        .close()
        .bytes();
  }
}
