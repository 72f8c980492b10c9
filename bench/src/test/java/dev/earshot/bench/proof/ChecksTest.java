package dev.earshot.bench.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.proof.Ledger.Entry;
import dev.earshot.bench.proof.Ledger.Fate;
import dev.earshot.bench.proof.Load.Named;
import dev.earshot.bench.proof.Shot.Purpose.SendsLater;
import dev.earshot.bench.server.Left;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Begins with a server that kept every promise; each test breaks one, and one check finds it. */
class ChecksTest {

  private static final long SECOND = 1_000_000_000;

  private final Load load = new Load("run", 7, List.of(Destination.values()));
  private final Map<Long, Entry> ledger = new TreeMap<>();
  private final List<Heard> facts = new ArrayList<>();
  private final List<Arrival> arrivals = new ArrayList<>();
  private final Set<Long> withheld = new HashSet<>();
  private final Set<Long> quarantined = new HashSet<>();
  private final Set<String> planted = new HashSet<>(Set.of("default|u:bad-1"));
  private final Set<String> setAside = new HashSet<>(planted);
  private final Map<Destination, Long> dead = new EnumMap<>(Destination.class);
  private final List<Long> deaths = new ArrayList<>();
  private long strayed;
  private Left left = Left.NOTHING;

  ChecksTest() {
    for (var mode : Mode.values()) {
      load.begin(mode, 1, 60).numbers().forEach(this::keepPromise);
    }
  }

  private void keepPromise(long number) {
    var shot = load.shot(number);
    long due = number * SECOND;
    ledger.put(number, new Entry(Fate.ACKNOWLEDGED, due, due + SECOND / 2));
    if (shot.number() != shot.event()) {
      return;
    }
    if (shot.isPoison()) {
      quarantined.add(number);
      return;
    }
    facts.add(new Heard(shot.workspace(), named(shot)));
    shot.destination()
        .ifPresent(to -> {
          boolean dies = to.end() == Destination.End.DEAD;
          arrivals.add(arrival(shot, to, due + 10 * SECOND, !dies));
          if (dies) {
            dead.merge(to, 1L, Long::sum);
          }
        });
  }

  private static Named named(Shot shot) {
    return new Named(shot.workspace(), shot.event());
  }

  private static Arrival arrival(Shot shot, Destination to, long nanos, boolean taken) {
    return new Arrival("key-" + shot.event(), shot.workspace(), to, named(shot), nanos, taken);
  }

  @Test
  void aServerThatKeepsItsPromisesPasses() {
    assertEquals(Set.of(), broken());
  }

  @Test
  void anAcknowledgedEventWithoutAFactIsLost() {
    facts.removeIf(fact -> fact.event().event() == first(shot -> shot.destination().isEmpty()));

    assertEquals(Set.of("lost"), broken());
  }

  @Test
  void whatWasNotAnsweredMayBeThereOrNot() {
    long passes = first(shot -> shot.destination().isEmpty());
    ledger.put(passes, new Entry(Fate.UNKNOWN, 0, 1));
    assertEquals(Set.of(), broken());

    facts.removeIf(fact -> fact.event().event() == passes);
    assertEquals(Set.of(), broken());
  }

  @Test
  void aSecondFactOfAnEventIsFound() {
    facts.add(facts.getLast());

    assertTrue(broken().contains("duplicated"));
  }

  @Test
  void aFactOfAnEventThatNobodySentIsFound() {
    facts.add(new Heard(Workspace.HOME, new Named(Workspace.HOME, 1_000_000)));

    assertEquals(Set.of("invented"), broken());
  }

  @Test
  void aGoodEventThatIsCalledBadIsFound() {
    long good = first(shot -> shot.destination().isEmpty());
    ledger.put(good, new Entry(Fate.DECLINED, 0, 1));

    assertEquals(Set.of("declined"), broken());
  }

  @Test
  void anEventBeforeOneThatWasAnsweredEarlierIsFound() {
    var hot =
        facts.stream()
            .filter(fact -> load.shot(fact.event().event()).user().equals("hot"))
            .toList();
    var earlier = hot.getFirst();
    facts.remove(earlier);
    facts.add(facts.indexOf(hot.getLast()) + 1, earlier);

    assertEquals(Set.of("reordered"), broken());
  }

  @Test
  void aFactOrAMessageInAnotherWorkspaceIsFound() {
    var fact = facts.getFirst();
    facts.set(0, new Heard(Workspace.OTHER, fact.event()));
    assertEquals(Set.of("crossed"), broken());

    facts.set(0, fact);
    var one = arrivals.getFirst();
    arrivals.set(
        0, new Arrival(one.key(), Workspace.OTHER, one.to(), one.event(), one.nanos(), true));
    assertEquals(Set.of("crossed"), broken());
  }

  @Test
  void aBadEventOrRecordThatIsNowhereIsFound() {
    quarantined.remove(first(Shot::isPoison));
    assertEquals(Set.of("swallowed"), broken());

    quarantined.add(first(Shot::isPoison));
    setAside.clear();
    assertEquals(Set.of("swallowed"), broken());
  }

  @Test
  void onlyWhoWentThroughAJourneyTooOftenIsKeptOut() {
    long sends = first(shot -> shot.destination().isPresent());
    withheld.add(sends);
    arrivals.removeIf(arrival -> arrival.event().event() == sends);

    assertEquals(Set.of("withheld"), broken());
  }

  @Test
  void aMessageThatNobodyTookIsFound() {
    arrivals.removeFirst();
    assertEquals(Set.of("missing"), broken());
  }

  @Test
  void aMessageThatOnlyCameWhereItWasNotTakenIsFound() {
    var one = arrivals.getFirst();
    arrivals.set(0, new Arrival(one.key(), one.at(), one.to(), one.event(), one.nanos(), false));

    assertEquals(Set.of("missing"), broken());
  }

  @Test
  void aMessageUnderASecondKeyIsFound() {
    var one = arrivals.getFirst();
    arrivals.add(
        new Arrival("other", one.at(), one.to(), one.event(), one.nanos() - SECOND, false));

    assertEquals(Set.of("rekeyed"), broken());
  }

  @Test
  void aMessageAboutWhatNeverHappenedIsFound() {
    var never = new Named(Workspace.HOME, 1_000_000);
    arrivals.add(new Arrival("phantom", Workspace.HOME, Destination.PLAIN, never, 1, true));

    assertEquals(Set.of("unasked"), broken());
  }

  @Test
  void aMessageMayComeAgainAfterACrashOnly() {
    var one = arrivals.getFirst();
    long later = one.nanos() + 2 * SECOND;
    arrivals.add(new Arrival(one.key(), one.at(), one.to(), one.event(), later, true));
    assertEquals(Set.of("repeated"), broken());

    deaths.add(one.nanos() + SECOND);
    assertEquals(Set.of(), broken());
    assertEquals(Long.valueOf(1), Verdict.of(7, evidence()).figures().get("twice"));
  }

  @Test
  void aMessageBeforeItsWaitIsOverIsFound() {
    long waits = first(shot -> shot.purpose() instanceof SendsLater);
    arrivals.replaceAll(it ->
        it.event().event() == waits
            ? new Arrival(it.key(), it.at(), it.to(), it.event(), waits * SECOND + SECOND, true)
            : it);

    assertEquals(Set.of("early"), broken());
  }

  @Test
  void aMessageMinutesLateIsFound() {
    var one = arrivals.getFirst();
    long late = one.nanos() + Checks.LATE_AFTER.toNanos();
    arrivals.set(0, new Arrival(one.key(), one.at(), one.to(), one.event(), late, true));

    assertEquals(Set.of("late"), broken());
  }

  @Test
  void aRedirectThatWasFollowedIsFound() {
    strayed = 1;

    assertEquals(Set.of("strayed"), broken());
  }

  @Test
  void aDeliveryThatWasGivenUpWronglyOrNotAtAllIsFound() {
    dead.put(Destination.PLAIN, 1L);
    assertEquals(Set.of("misjudged"), broken());

    dead.remove(Destination.PLAIN);
    dead.remove(Destination.GONE);
    assertEquals(Set.of("misjudged"), broken());
  }

  @Test
  void whatTheServerHasNotEndedIsFound() {
    left = new Left(0, 1, 0);
    assertEquals(Set.of("open"), broken());

    left = Left.UNTOLD;
    assertEquals(Set.of("open"), broken());
  }

  @Test
  void theVerdictNamesWhatItFoundWithExamples() {
    arrivals.removeFirst();

    var verdict = Verdict.of(7, evidence());

    assertFalse(verdict.holds());
    assertTrue(verdict.table().contains("BROKEN missing"), verdict.table());
    assertTrue(verdict.table().contains("event 5 to plain"), verdict.table());
    assertTrue(verdict.json().contains("\"holds\":false"), verdict.json());
  }

  private long first(Predicate<Shot> wanted) {
    return ledger.keySet().stream()
        .filter(number -> wanted.test(load.shot(number)) && load.shot(number).event() == number)
        .filter(number ->
            ledger.keySet().stream()
                .noneMatch(
                    other -> other != number.longValue() && load.shot(other).event() == number))
        .findFirst()
        .orElseThrow();
  }

  private Set<String> broken() {
    var broken = new HashSet<String>();
    for (var check : Checks.ALL) {
      if (!check.row(evidence()).holds()) {
        broken.add(check.name());
      }
    }
    return broken;
  }

  private Evidence evidence() {
    return new Evidence(
        load,
        ledger,
        facts,
        arrivals,
        withheld,
        quarantined,
        planted,
        setAside,
        dead,
        strayed,
        deaths,
        left);
  }
}
