package dev.earshot.bench.measure;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.Stamp;
import dev.earshot.bench.report.Figure;
import dev.earshot.bench.report.Figure.Goal;
import dev.earshot.bench.server.Folders;
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
    return "the state of four events of each of 100,000 users (quick: 10,000), made anew by a"
        + " server of its own whose stores were removed";
  }

  @Override
  public List<Figure> measure(Rig rig) throws InterruptedException {
    int users = rig.either(100_000, 10_000);
    try (var own = rig.another("restore")) {
      var event = Events.track(Events.PASSED, own.run() + "-" + Stamp.NUMBER, "u-" + Stamp.USER);
      own.decideAll(own.batch(event, users), (long) users * EVENTS_EACH);
      own.server().stop();
      Folders.delete(own.data().resolve("streams"));
      own.server().restart();
      var ready = own.server().awaitReady();
      double records = own.api().metric("earshot_host_restore_seconds_count");
      double seconds = own.api().metric("earshot_host_restore_seconds_sum");
      return List.of(
          Figure.of("state from the log", records / seconds, "records/s")
              .aimedAt(new Goal.AtLeast(20_000)),
          Figure.of("records", records, ""),
          Figure.of("start to ready", ready.toMillis() / 1e3, "s"));
    }
  }
}
