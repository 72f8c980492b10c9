package dev.earshot.engine.journey;

import java.util.List;

/**
 * Where a user stands in the journeys.
 *
 * @param runs the runs that are not over, by id; at most one of each journey
 * @param visits of every journey the user was ever in, by journey
 * @param sends the latest messages, oldest first
 */
public record Progress(List<Run> runs, List<Visit> visits, List<Sent> sends, Silence silence) {

  public static final Progress NONE =
      new Progress(List.of(), List.of(), List.of(), Silence.UNWATCHED);

  public Progress {
    runs = List.copyOf(runs);
    visits = List.copyOf(visits);
    sends = List.copyOf(sends);
  }
}
