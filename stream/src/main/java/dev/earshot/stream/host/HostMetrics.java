package dev.earshot.stream.host;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What one kind of machine does, in numbers. */
final class HostMetrics {

  private final Counter heard;
  private final Counter repeated;
  private final Counter quarantined;
  private final Timer lateness;

  HostMetrics(MeterRegistry registry, String machine) {
    heard = counter(registry, machine, "earshot.host.heard", "Inputs taken by a machine");
    repeated = counter(registry, machine, "earshot.host.repeated", "Inputs heard before");
    quarantined =
        counter(registry, machine, "earshot.host.quarantined", "Records that were set aside");
    lateness =
        Timer.builder("earshot.host.timer.lateness")
            .description("How long after they were due timers fired")
            .tag("machine", machine)
            .register(registry);
  }

  void heard() {
    heard.increment();
  }

  void repeated() {
    repeated.increment();
  }

  void quarantined() {
    quarantined.increment();
  }

  void fired(long lateMillis) {
    lateness.record(Duration.ofMillis(Math.max(0, lateMillis)));
  }

  private static Counter counter(
      MeterRegistry registry, String machine, String name, String description) {
    return Counter.builder(name)
        .description(description)
        .tag("machine", machine)
        .register(registry);
  }
}
