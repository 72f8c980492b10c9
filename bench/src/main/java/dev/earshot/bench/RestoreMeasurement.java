package dev.earshot.bench;

import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import java.time.Duration;
import java.util.List;

/** How fast the state is made anew from the log. */
final class RestoreMeasurement implements Measurement {

  private static final int EVENTS_EACH = 4;

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public String meaning() {
    return "a server of its own after four events of each of 100,000 users (quick: 10,000), started"
        + " again with its state and once more without; what the second start takes longer is for"
        + " the records it reads";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    int users = rig.either(100_000, 10_000);
    try (var own = rig.another("restore")) {
      var event = Events.track(Events.PASSED, own.run() + "-" + Stamp.NUMBER, "u-" + Stamp.USER);
      own.decideAll(own.batch(event, users), (long) users * EVENTS_EACH);
      var kept = startedAgain(own);
      own.server().stop();
      Folders.delete(own.data().resolve("streams"));
      var anew = startedAgain(own);
      double seconds = anew.minus(kept).toNanos() / 1e9;
      double records = own.api().metric("earshot_host_restored_total");
      return List.of(
          Figure.of("state from the log", records / seconds, "records/s")
              .aimedAt(new Goal.AtLeast(20_000)),
          Figure.of("records", records, ""),
          Figure.of("start with the state kept", kept.toMillis() / 1e3, "s"),
          Figure.of("start without", anew.toMillis() / 1e3, "s"));
    }
  }

  private static Duration startedAgain(Rig rig) throws InterruptedException {
    rig.server().stop();
    rig.server().restart();
    return rig.server().awaitReady();
  }
}
