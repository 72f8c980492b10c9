package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Condition;
import dev.earshot.engine.audience.MetricKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One version of what happens to users from a trigger on, compiled from its definition.
 *
 * @param condition asked when the trigger matched
 * @param nodes the steps as a flat list; a run starts with the first
 * @param exit the event with which a run ends at once
 */
public record Journey(
    String workspace,
    String id,
    int version,
    String name,
    Instant publishedAt,
    Trigger trigger,
    Optional<Condition> condition,
    List<Node> nodes,
    Optional<EventFilter> exit,
    Optional<Goal> goal,
    Reentry reentry,
    Optional<Cap> cap) {

  public Journey {
    nodes = List.copyOf(nodes);
  }

  /**
   * What the journey wants a user to do.
   *
   * @param within from the time of entering, absent for ever
   */
  public record Goal(EventFilter filter, Optional<Duration> within) {}

  /** How many messages, of all journeys, a user may get within a window. */
  public record Cap(int messages, Duration within) {}

  /** Whether a user who was in the journey may enter again. */
  public sealed interface Reentry {

    record Never() implements Reentry {}

    record Always() implements Reentry {}

    /** Not before this long after the last time of entering. */
    record After(Duration period) implements Reentry {}
  }

  /** The counts that its trigger and conditions ask for. */
  public Set<MetricKey> metrics() {
    var metrics = new LinkedHashSet<MetricKey>();
    if (trigger instanceof Trigger.Counted(var did)) {
      did.addMetrics(metrics);
    }
    condition.ifPresent(asked -> asked.addMetrics(metrics));
    for (var node : nodes) {
      if (node instanceof Node.Branch branch) {
        branch.condition().addMetrics(metrics);
      }
    }
    return metrics;
  }

  /** The events that can end or move one of its runs. */
  Set<String> awaitedEvents() {
    var events = new LinkedHashSet<String>();
    exit.ifPresent(filter -> events.add(filter.event()));
    for (var node : nodes) {
      if (node instanceof Node.WaitFor waitFor) {
        events.add(waitFor.filter().event());
      }
    }
    return events;
  }
}
