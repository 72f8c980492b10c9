package dev.earshot.stream.host;

import static dev.earshot.stream.host.HostWatch.GIVE_UP_AFTER;
import static dev.earshot.stream.host.HostWatch.WARN_EVERY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostWatchTest {

  private final List<String> given = new ArrayList<>();
  private HostStatus status = new HostStatus.Starting();
  private Optional<String> trouble = Optional.empty();
  private long progress;
  private long clock;
  private final HostWatch watch = new HostWatch(new Seen(), () -> trouble, () -> clock, given::add);

  @Test
  void aHostThatStandsStillIsGivenUpWithAReason() {
    pass(GIVE_UP_AFTER.minusSeconds(1));
    assertEquals(List.of(), given);

    pass(Duration.ofSeconds(1));

    assertEquals(List.of("the host has stood still for 360 s: rebalancing"), given);
  }

  @Test
  void aHostThatRestoresIsLeftToItHoweverLongItTakes() {
    status = new HostStatus.Restoring(1);
    for (int step = 0; step < 100; step++) {
      progress++;
      pass(WARN_EVERY);
    }

    assertEquals(List.of(), given);
  }

  @Test
  void aRestoreThatStandsStillIsNoProgress() {
    status = new HostStatus.Restoring(40);
    pass(Duration.ZERO);

    pass(GIVE_UP_AFTER);

    assertEquals(1, given.size());
  }

  @Test
  void noHostIsBlamedForALogThatIsAway() {
    trouble = Optional.of("The log does not answer.");
    pass(GIVE_UP_AFTER.multipliedBy(3));
    trouble = Optional.empty();
    pass(GIVE_UP_AFTER.minusSeconds(1));

    assertEquals(List.of(), given);
  }

  @Test
  void aHostThatDecidesHasNothingToFear() {
    status = new HostStatus.Running();
    pass(GIVE_UP_AFTER.multipliedBy(3));
    status = new HostStatus.Starting();
    pass(GIVE_UP_AFTER.minusSeconds(1));

    assertEquals(List.of(), given);
  }

  private void pass(Duration time) {
    clock += time.toNanos();
    watch.look();
  }

  private final class Seen implements HostWatch.Watched {

    @Override
    public HostStatus status() {
      return status;
    }

    @Override
    public long progress() {
      return progress;
    }

    @Override
    public String situation() {
      return "rebalancing";
    }
  }
}
