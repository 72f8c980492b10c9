package dev.earshot.stream.host;

import dev.earshot.engine.delivery.DeliveryInput;
import dev.earshot.engine.journey.UserInput;
import dev.earshot.stream.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** The plumbing: which processor hears which topic, which store belongs to whom. */
final class HostTopology {

  /** Of the states used last, as bytes: for some 30,000 users, in a heap of 512 MB. */
  private static final long STATE_MEMORY_BYTES = 16L * 1024 * 1024;

  private HostTopology() {}

  static Topology of(
      Duration repeatsWindow,
      CatchUp.Rate rate,
      BooleanSupplier clockTrusted,
      MeterRegistry metrics) {
    return of(new UserHosting(), new DeliveryHosting(), repeatsWindow, rate, clockTrusted, metrics);
  }

  static Topology of(
      Hosting<?, UserInput, ?> users,
      Hosting<?, DeliveryInput, ?> deliveries,
      Duration repeatsWindow,
      CatchUp.Rate rate,
      BooleanSupplier clockTrusted,
      MeterRegistry metrics) {
    var tickers = new Ticker.All(clockTrusted);
    var repeats = new Repeats.All(repeatsWindow);
    var stateMemory = new Shares(STATE_MEMORY_BYTES);
    var commits = new Commits.All();
    var topology = new Topology();
    source(topology, Topic.EVENTS);
    source(topology, Topic.OUTCOMES);
    ProcessorSupplier<byte[], byte[], String, Passed> events =
        () -> new EventsIntake(tickers, repeats);
    topology.addProcessor(EventsIntake.NAME, events, Topic.EVENTS.word());
    ProcessorSupplier<byte[], byte[], String, Passed> outcomes = OutcomesIntake::new;
    topology.addProcessor(OutcomesIntake.NAME, outcomes, Topic.OUTCOMES.word());
    machine(
        topology, users, repeats, stateMemory, tickers, rate, commits, metrics, EventsIntake.NAME);
    machine(
        topology,
        deliveries,
        repeats,
        stateMemory,
        tickers,
        rate,
        commits,
        metrics,
        EventsIntake.NAME,
        OutcomesIntake.NAME,
        users.name());
    topology.addStateStore(HostStores.state(), users.name(), deliveries.name());
    topology.addStateStore(
        HostStores.definitions(), EventsIntake.NAME, users.name(), deliveries.name());
    topology.addStateStore(
        HostStores.repeats(repeatsWindow), EventsIntake.NAME, users.name(), deliveries.name());
    topology.addSink(
        LogSink.NAME,
        LogSink.TOPIC,
        new StringSerializer(),
        LogSink.BYTES,
        LogSink.PARTITION,
        EventsIntake.NAME,
        OutcomesIntake.NAME,
        users.name(),
        deliveries.name());
    return topology;
  }

  private static void source(Topology topology, Topic topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        topic.word(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic.word());
  }

  private static <S, I, O> void machine(
      Topology topology,
      Hosting<S, I, O> hosting,
      Repeats.All repeats,
      Shares stateMemory,
      Ticker.All tickers,
      CatchUp.Rate rate,
      Commits.All commits,
      MeterRegistry metrics,
      String... parents) {
    ProcessorSupplier<String, Signal<I>, String, Passed> supplier =
        () ->
            new MachineProcessor<>(hosting, repeats, stateMemory, tickers, rate, commits, metrics);
    topology.addProcessor(hosting.name(), supplier, parents);
  }
}
