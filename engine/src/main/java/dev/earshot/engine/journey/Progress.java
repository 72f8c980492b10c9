package dev.earshot.engine.journey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a user stands in the journeys.
 *
 * @param runs the runs that are not over, by id; at most one of each journey
 * @param visits of every journey the user was ever in, by journey
 * @param sends the latest messages, oldest first
 */
public record Progress(List<Run> runs, List<Visit> visits, List<Sent> sends, Silence silence) {

  /** As many as the largest cap counts. */
  static final int SENDS_MAX = 100;

  public static final Progress NONE =
      new Progress(List.of(), List.of(), List.of(), Silence.UNWATCHED);

  public Progress {
    runs = List.copyOf(runs);
    visits = List.copyOf(visits);
    sends = List.copyOf(sends);
  }

  @Nullable Run run(String id) {
    for (var run : runs) {
      if (run.id().equals(id)) {
        return run;
      }
    }
    return null;
  }

  @Nullable Run runOf(String journey) {
    for (var run : runs) {
      if (run.journey().equals(journey)) {
        return run;
      }
    }
    return null;
  }

  @Nullable Visit visit(String journey) {
    for (var visit : visits) {
      if (visit.journey().equals(journey)) {
        return visit;
      }
    }
    return null;
  }

  /** How many messages were decided after {@code from}. */
  int sendsAfter(Instant from) {
    int count = 0;
    for (var sent : sends) {
      count += sent.at().isAfter(from) ? 1 : 0;
    }
    return count;
  }

  Progress with(Run run) {
    var changed = new ArrayList<>(runs);
    changed.removeIf(known -> known.id().equals(run.id()));
    changed.add(run);
    return new Progress(changed, visits, sends, silence);
  }

  Progress without(Run run) {
    if (run(run.id()) == null) {
      return this;
    }
    var changed = new ArrayList<>(runs);
    changed.removeIf(known -> known.id().equals(run.id()));
    return new Progress(changed, visits, sends, silence);
  }

  Progress with(Visit visit) {
    var changed = new ArrayList<>(visits);
    changed.removeIf(known -> known.journey().equals(visit.journey()));
    changed.add(visit);
    return new Progress(runs, changed, sends, silence);
  }

  Progress with(Sent sent) {
    var changed = new ArrayList<>(sends);
    changed.add(sent);
    return withSends(changed);
  }

  Progress withRuns(List<Run> changed) {
    return new Progress(changed, visits, sends, silence);
  }

  Progress withVisits(List<Visit> changed) {
    return new Progress(runs, changed, sends, silence);
  }

  Progress withSends(List<Sent> changed) {
    int excess = Math.max(0, changed.size() - SENDS_MAX);
    return new Progress(runs, visits, changed.subList(excess, changed.size()), silence);
  }

  Progress with(Silence changed) {
    return new Progress(runs, visits, sends, changed);
  }
}
