package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Metrics;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Properties;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/** Keeps a state within its size by giving up the oldest detail first, and counting it. */
final class Bounds {

  static final int VISITS_MAX = 200;

  private static final int METRICS_SPARED = 20;
  private static final int DETAILS_SPARED = 10;
  private static final int FIXED_BYTES_MAX = 2_000;
  private static final int ENTRY_BYTES_MAX = 100;

  /**
   * What is given up, in this order; each counts what it took, and takes nothing when little is
   * left.
   */
  private static final List<UnaryOperator<Person>> SACRIFICES =
      List.of(
          Bounds::fewerEvents,
          Bounds::fewerCounts,
          Bounds::fewerSends,
          Bounds::fewerVisits,
          Bounds::fewerAccounts,
          Bounds::fewerCauses,
          Bounds::fewerIds,
          Bounds::fewerTraits);

  private Bounds() {}

  static Person bounded(Person person) {
    var kept = withVisits(person, VISITS_MAX);
    // What it takes at most is soon known; what it takes is known only once it is written.
    if (bytesMax(kept) <= UserState.BYTES_MAX) {
      return kept;
    }
    while (UserStateCodec.write(kept).length > UserState.BYTES_MAX) {
      var fewer = withLess(kept);
      if (fewer.dropped() == kept.dropped()) {
        return kept;
      }
      kept = fewer;
    }
    return kept;
  }

  private static int bytesMax(Person person) {
    var profile = person.profile();
    var progress = person.progress();
    int bytes = FIXED_BYTES_MAX + profile.traits().json().length;
    bytes += person.activity().events().bytesMax() + person.activity().counts().bytesMax();
    for (var account : profile.accounts()) {
      bytes += ENTRY_BYTES_MAX + 3 * account.account().length() + account.traits().json().length;
    }
    for (var run : progress.runs()) {
      bytes += ENTRY_BYTES_MAX + 3 * (run.journey().length() + run.cause().name().length());
      bytes += run.cause().properties().json().length;
    }
    for (var visit : progress.visits()) {
      bytes += ENTRY_BYTES_MAX + 3 * visit.journey().length();
    }
    for (var sent : progress.sends()) {
      bytes += ENTRY_BYTES_MAX + 3 * (sent.journey().length() + sent.channel().length());
    }
    for (var id : person.anonymousIds()) {
      bytes += 3 * id.length() + 3;
    }
    return bytes;
  }

  private static Person withLess(Person person) {
    for (var sacrifice : SACRIFICES) {
      var fewer = sacrifice.apply(person);
      if (fewer.dropped() > person.dropped()) {
        return fewer;
      }
    }
    return person;
  }

  private static Person fewerEvents(Person person) {
    var activity = person.activity();
    var events = fewer(activity.events());
    return person
        .with(activity.with(events, activity.counts()))
        .dropping(activity.events().size() - events.size());
  }

  private static Person fewerCounts(Person person) {
    var activity = person.activity();
    var counts = fewer(activity.counts());
    return person
        .with(activity.with(activity.events(), counts))
        .dropping(activity.counts().size() - counts.size());
  }

  // A tenth at once, so that a large state is not written two hundred times.
  private static Metrics fewer(Metrics metrics) {
    var fewer = metrics;
    int times = metrics.size() <= METRICS_SPARED ? 0 : 1 + metrics.size() / 10;
    for (int time = 0; time < times; time++) {
      fewer = fewer.withoutOldest("");
    }
    return fewer;
  }

  private static Person fewerSends(Person person) {
    var sends = person.progress().sends();
    return sends.size() <= DETAILS_SPARED
        ? person
        : person.with(person.progress().withSends(sends.subList(1, sends.size()))).dropping(1);
  }

  private static Person fewerVisits(Person person) {
    var progress = person.progress();
    int spared = progress.runs().size() + DETAILS_SPARED;
    return progress.visits().size() <= spared
        ? person
        : withVisits(person, progress.visits().size() - 1);
  }

  /** At most so many visits; those of journeys the user is in stay, however old. */
  private static Person withVisits(Person person, int max) {
    var progress = person.progress();
    int excess = progress.visits().size() - max;
    if (excess <= 0) {
      return person;
    }
    var kept = new ArrayList<Visit>();
    for (var visit : progress.visits()) {
      if (excess > 0 && progress.runOf(visit.journey()) == null) {
        excess--;
      } else {
        kept.add(visit);
      }
    }
    int dropped = progress.visits().size() - kept.size();
    return person.with(progress.withVisits(kept)).dropping(dropped);
  }

  private static Person fewerAccounts(Person person) {
    var accounts = person.profile().accounts();
    return accounts.size() <= 1
        ? person
        : person
            .with(person.profile().withAccounts(accounts.subList(1, accounts.size())))
            .dropping(1);
  }

  /** The oldest run forgets the properties of the event that moved it. */
  private static Person fewerCauses(Person person) {
    var runs = new ArrayList<>(person.progress().runs());
    for (int index = 0; index < runs.size(); index++) {
      var cause = runs.get(index).cause();
      if (!cause.properties().isEmpty()) {
        var bare = new Run.Cause(cause.name(), Properties.EMPTY, cause.at());
        runs.set(index, runs.get(index).movedBy(bare));
        return person.with(person.progress().withRuns(runs)).dropping(1);
      }
    }
    return person;
  }

  private static Person fewerIds(Person person) {
    var ids = person.anonymousIds();
    return ids.size() <= DETAILS_SPARED
        ? person
        : person.withAnonymousIds(ids.subList(1, ids.size())).dropping(1);
  }

  private static Person fewerTraits(Person person) {
    var profile = person.profile();
    var traits = profile.traits().fields().fields();
    if (traits.size() <= 1) {
      return person;
    }
    var kept = new LinkedHashMap<String, Value>(traits);
    kept.remove(kept.firstEntry().getKey());
    var fewer = Properties.of(new Fields(kept));
    return person.with(profile.withTraits(fewer, profile.traitsAt())).dropping(1);
  }
}
