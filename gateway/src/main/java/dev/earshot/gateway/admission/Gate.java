package dev.earshot.gateway.admission;

import dev.earshot.gateway.admission.Admission.Refused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides of each message of a request what becomes of it: a list of named steps, each of which
 * lets a message pass or says why not; the last makes the event. The messages of a request go
 * through a step together, so that a step is timed once for all of them.
 */
public final class Gate {

  private static final String EVENT = "event";

  private final MeterRegistry registry;
  private final List<Step> steps;
  private final Timer making;
  private final Counter made;

  public Gate(MeterRegistry registry) {
    this.registry = registry;
    this.steps =
        List.of(
            new Step("shape", Checks::shape),
            new Step("size", Checks::size),
            new Step("text", Checks::text),
            new Step("type", Checks::type),
            new Step("person", Checks::person),
            new Step("subject", Checks::subject),
            new Step("names", Checks::names),
            new Step("ids", Checks::ids),
            new Step("time", Checks::time));
    this.making = timer(EVENT);
    this.made = counter(EVENT);
  }

  /** What becomes of each message, in their order. */
  public List<Admission> admit(List<Message> messages, Envelope envelope) {
    var refusals = new @Nullable Refused[messages.size()];
    long begin = System.nanoTime();
    for (var step : steps) {
      step.pass(messages, envelope, refusals);
      begin = record(step.timer, begin);
    }
    var admissions = make(messages, envelope, refusals);
    record(making, begin);
    return admissions;
  }

  /** Returns the end of the step, which is the beginning of the next. */
  private static long record(Timer timer, long begin) {
    long end = System.nanoTime();
    timer.record(end - begin, TimeUnit.NANOSECONDS);
    return end;
  }

  private List<Admission> make(
      List<Message> messages, Envelope envelope, @Nullable Refused[] refusals) {
    var maker = new EventMaker(envelope);
    var admissions = new ArrayList<Admission>(messages.size());
    int events = 0;
    for (int at = 0; at < messages.size(); at++) {
      var refused = refusals[at];
      events += refused == null ? 1 : 0;
      admissions.add(refused == null ? maker.make(messages.get(at)) : refused);
    }
    made.increment(events);
    return admissions;
  }

  private Timer timer(String step) {
    return Timer.builder("earshot.admission.step").tag("step", step).register(registry);
  }

  private Counter counter(String step) {
    return Counter.builder("earshot.admission.passed").tag("step", step).register(registry);
  }

  /** Says why a message cannot pass, or nothing. */
  private interface Check {
    @Nullable Refused check(Message message, Envelope envelope);
  }

  /** One step: its name, what it asks, and what it has seen. */
  private final class Step {
    private final String name;
    private final Check check;
    private final Timer timer;
    private final Counter passed;

    Step(String name, Check check) {
      this.name = name;
      this.check = check;
      this.timer = timer(name);
      this.passed = counter(name);
    }

    void pass(List<Message> messages, Envelope envelope, @Nullable Refused[] refusals) {
      int through = 0;
      for (int at = 0; at < refusals.length; at++) {
        if (refusals[at] == null) {
          var refused = check.check(messages.get(at), envelope);
          refusals[at] = refused;
          through += refused == null ? 1 : 0;
          count(refused);
        }
      }
      passed.increment(through);
    }

    private void count(@Nullable Refused refused) {
      if (refused != null) {
        registry
            .counter("earshot.admission.refused", "step", name, "code", refused.code())
            .increment();
      }
    }
  }
}
