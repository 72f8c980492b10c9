package dev.earshot.bench.proof;

import dev.earshot.bench.proof.Shot.Purpose;
import dev.earshot.bench.proof.Shot.Purpose.Passes;
import dev.earshot.bench.proof.Shot.Purpose.Poison;
import dev.earshot.bench.proof.Shot.Purpose.Sends;
import dev.earshot.bench.proof.Shot.Purpose.SendsLater;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** What a phase of the load is like. */
public enum Mode {
  STEADY("many users, every fifth event sends a webhook"),
  BURST("the same at twenty times the rate") {
    @Override
    int rate(int perSecond) {
      return perSecond * 20;
    }
  },
  HOT_USER("nine of ten events are one user's") {
    @Override
    Shot shot(Range range, long number) {
      var steady = super.shot(range, number);
      return chance(range, number).nextInt(10) == 0
          ? steady
          : at(with(steady, rarely(number)), Workspace.HOME, "hot");
    }
  },
  HOT_WORKSPACE("nine of ten events are another workspace's") {
    @Override
    Shot shot(Range range, long number) {
      var steady = super.shot(range, number);
      return chance(range, number).nextInt(10) == 0
          ? steady
          : at(steady, Workspace.OTHER, steady.user());
    }
  },
  POISON("one of ten cannot be understood") {
    @Override
    Shot shot(Range range, long number) {
      var steady = super.shot(range, number);
      return chance(range, number).nextInt(10) == 0 ? with(steady, new Poison()) : steady;
    }
  },
  RESEND("one of ten is sent again under its id") {
    @Override
    Shot shot(Range range, long number) {
      var chance = chance(range, number);
      return number > range.first && chance.nextInt(10) == 0
          ? shot(range, chance.nextLong(range.first, number)).again(number)
          : super.shot(range, number);
    }
  },
  JOURNEYS("messages that wait, and a few to every kind of destination") {
    @Override
    Shot shot(Range range, long number) {
      var steady = super.shot(range, number);
      var all = range.destinations;
      long index = number - range.first;
      if (index < (long) FEW * all.size()) {
        return with(steady, new Sends(all.get((int) (index % all.size()))));
      }
      return index % 3 == 0
          ? with(at(steady, Workspace.HOME, "patient-" + number), new SendsLater())
          : steady;
    }
  };

  /** So few that no bad destination is let rest, whatever it does. */
  private static final int FEW = 3;

  private static final int USERS = 5000;
  private static final int SENDS_EVERY = 5;
  private static final int HOT_SENDS_EVERY = 100;

  private final String summary;

  /**
   * What the events of a phase follow from.
   *
   * @param first the number of the first of them
   * @param destinations that there are
   */
  record Range(long seed, long first, List<Destination> destinations) {}

  Mode(String summary) {
    this.summary = summary;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String summary() {
    return summary;
  }

  public static Optional<Mode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }

  int rate(int perSecond) {
    return perSecond;
  }

  /** The event of that number: always the same one. */
  Shot shot(Range range, long number) {
    Purpose purpose = number % SENDS_EVERY == 0 ? new Sends(Destination.PLAIN) : new Passes();
    var user = "user-" + chance(range, number).split().nextInt(USERS);
    return new Shot(number, number, Workspace.HOME, user, purpose);
  }

  /** A journey takes no more than {@link Evidence#STEPS_PER_HOUR_MAX} steps with one user. */
  private static Purpose rarely(long number) {
    return number % HOT_SENDS_EVERY == 0 ? new Sends(Destination.PLAIN) : new Passes();
  }

  private static SplittableRandom chance(Range range, long number) {
    return new SplittableRandom(range.seed * 1_000_003 + number);
  }

  private static Shot at(Shot shot, Workspace workspace, String user) {
    return new Shot(shot.number(), shot.event(), workspace, user, shot.purpose());
  }

  private static Shot with(Shot shot, Purpose purpose) {
    return new Shot(shot.number(), shot.event(), shot.workspace(), shot.user(), purpose);
  }
}
