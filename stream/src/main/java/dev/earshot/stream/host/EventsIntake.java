package dev.earshot.stream.host;

import dev.earshot.engine.journey.UserInput;
import dev.earshot.engine.journey.UserInputJson;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Reads the topic of events: what users hear, and what concerns the whole partition. */
final class EventsIntake extends Intake {

  static final String NAME = "events-intake";

  private static final Duration LEARN_EVERY = Duration.ofMillis(10);
  private static final int LEARNED_AT_ONCE = 200;
  private static final List<String> MACHINES = List.of(UserHosting.NAME, DeliveryHosting.NAME);

  private final Ticker.All tickers;
  private final Repeats.All allRepeats;
  private Ticker ticker;
  private ActiveDefinitions definitions;
  private Repeats repeats;
  private Cancellable learning;

  EventsIntake(Ticker.All tickers, Repeats.All repeats) {
    this.tickers = tickers;
    allRepeats = repeats;
  }

  @Override
  public void init(ProcessorContext<String, Passed> context) {
    super.init(context);
    ticker = tickers.fresh(context.taskId());
    definitions = new ActiveDefinitions(context.getStateStore(ActiveDefinitions.STORE));
    repeats = allRepeats.fresh(context);
    learning = context.schedule(LEARN_EVERY, PunctuationType.WALL_CLOCK_TIME, _ -> learn());
  }

  private void learn() {
    if (!repeats.learn(LEARNED_AT_ONCE)) {
      learning.cancel();
    }
  }

  @Override
  public void close() {
    allRepeats.ended(context().taskId());
  }

  @Override
  void take(Record<byte[], byte[]> record) {
    switch (UserInputJson.kind(record.value())) {
      case Ticker.KIND -> {
        if (ticker.heard(context().currentSystemTimeMs())) {
          passToAll(record, new Signal.Tick<>());
        }
      }
      case Activation.KIND ->
          read(record, Activation::read).ifPresent(activation -> activate(record, activation));
      default -> read(record, UserInputJson::read).ifPresent(input -> hear(record, input));
    }
  }

  private void activate(Record<byte[], byte[]> record, Activation activation) {
    if (!repeats.heardBefore(activation.repeatKey(), record.timestamp())) {
      definitions.add(activation);
      passToAll(record, new Signal.Activated<>());
    }
  }

  private void hear(Record<byte[], byte[]> record, UserInput input) {
    var signal = new Signal.Heard<>(input, record.value());
    pass(record, input.subject().key(), signal, UserHosting.NAME);
  }

  private void passToAll(Record<byte[], byte[]> record, Signal<?> signal) {
    for (var machine : MACHINES) {
      pass(record, machine, signal, machine);
    }
  }
}
