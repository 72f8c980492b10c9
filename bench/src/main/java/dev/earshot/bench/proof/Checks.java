package dev.earshot.bench.proof;

import dev.earshot.bench.proof.Destination.End;
import dev.earshot.bench.proof.Ledger.Fate;
import dev.earshot.bench.proof.Shot.Purpose.SendsLater;
import dev.earshot.bench.server.Left;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Everything that must never be, each with its name. */
final class Checks {

  /** So long a server waits for the report of an attempt before it makes the next one. */
  static final Duration LATE_AFTER = Duration.ofMinutes(10);

  /** So long a sender waits for an answer; later it may have missed the one it was given. */
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

  static final List<Check> ALL =
      List.of(
          new Check("lost", "acknowledged, and no fact of it", Checks::lost),
          new Check("duplicated", "facts beyond the first of an event", Checks::duplicated),
          new Check("invented", "facts of events that nobody sent", Checks::invented),
          new Check("declined", "good events that were called bad", Checks::declined),
          new Check(
              "reordered",
              "events of a user before what was acknowledged earlier",
              Checks::reordered),
          new Check("crossed", "seen in another workspace than their own", Checks::crossed),
          new Check("swallowed", "bad events that are not in quarantine", Checks::swallowed),
          new Check(
              "withheld",
              "messages that a journey refused to a user who had few",
              Checks::withheld),
          new Check("missing", "messages owed that no destination has taken", Checks::missing),
          new Check("rekeyed", "messages that came under a second key", Checks::rekeyed),
          new Check("unasked", "messages about what never happened", Checks::unasked),
          new Check(
              "repeated",
              "messages taken twice within "
                  + ANSWER_WITHIN.toSeconds()
                  + " s, without a crash between",
              Checks::repeated),
          new Check("early", "messages before their wait was over", Checks::early),
          new Check("late", "messages later than " + LATE_AFTER.toMinutes() + " min", Checks::late),
          new Check("strayed", "requests to where a redirect leads", Checks::strayed),
          new Check(
              "misjudged",
              "deliveries given up that should not be, or the reverse",
              Checks::misjudged),
          new Check("open", "what the server has not ended", Checks::open));

  private Checks() {}

  /** What may yet come: facts, and messages. */
  static long outstanding(Evidence evidence) {
    return lost(evidence).count() + missing(evidence).count();
  }

  private static Stream<String> lost(Evidence evidence) {
    var heard = evidence.heard();
    return evidence.acknowledged().keySet().stream()
        .filter(event -> !evidence.load().shot(event).isPoison())
        .filter(event -> !heard.contains(event))
        .map(Checks::event);
  }

  private static Stream<String> duplicated(Evidence evidence) {
    var seen = new HashSet<Heard>();
    return evidence.facts().stream()
        .filter(fact -> !seen.add(fact))
        .map(fact -> event(fact.event().event()));
  }

  private static Stream<String> invented(Evidence evidence) {
    return evidence.facts().stream()
        .map(fact -> fact.event().event())
        .filter(event -> !evidence.load().has(event))
        .map(Checks::event);
  }

  private static Stream<String> declined(Evidence evidence) {
    return evidence.ledger().entrySet().stream()
        .filter(entry -> entry.getValue().fate() == Fate.DECLINED)
        .map(Map.Entry::getKey)
        .filter(number -> !evidence.load().shot(number).isPoison())
        .map(Checks::event);
  }

  /** An event is out of order when one that was due only after its answer stands before it. */
  private static Stream<String> reordered(Evidence evidence) {
    var acknowledged = evidence.acknowledged();
    var latestDue = new HashMap<String, Long>();
    var found = new ArrayList<String>();
    for (var fact : evidence.facts()) {
      long event = fact.event().event();
      var entry = acknowledged.get(event);
      if (entry == null || fact.in() != fact.event().workspace()) {
        continue;
      }
      var user = evidence.load().user(evidence.load().shot(event));
      var before = latestDue.get(user);
      if (before != null && before - entry.answeredNanos() > 0) {
        found.add(event(event) + " of " + user);
      }
      latestDue.merge(user, entry.dueNanos(), Math::max);
    }
    return found.stream();
  }

  private static Stream<String> crossed(Evidence evidence) {
    return Stream.concat(
        evidence.facts().stream()
            .filter(fact -> fact.in() != fact.event().workspace())
            .map(fact -> event(fact.event().event()) + " among the facts of " + fact.in().word()),
        evidence.arrivals().stream()
            .filter(arrival -> arrival.at() != arrival.event().workspace())
            .map(arrival -> arrival.key() + " at " + arrival.at().word()));
  }

  private static Stream<String> swallowed(Evidence evidence) {
    return Stream.concat(
        evidence.ledger().entrySet().stream()
            .filter(entry -> entry.getValue().fate().isFinal())
            .map(entry -> evidence.load().shot(entry.getKey()))
            .filter(shot -> shot.isPoison() && !evidence.quarantined().contains(shot.event()))
            .map(shot -> event(shot.event())),
        evidence.planted().stream().filter(key -> !evidence.setAside().contains(key)));
  }

  /** Only who went through a journey too often within an hour is kept out of it. */
  private static Stream<String> withheld(Evidence evidence) {
    var entered = new HashMap<String, Integer>();
    evidence.heard().stream()
        .filter(evidence.load()::has)
        .filter(event -> evidence.owed(event).isPresent())
        .forEach(event -> entered.merge(way(evidence, event), 1, Integer::sum));
    return evidence.withheld().stream()
        .sorted()
        .filter(
            event -> entered.getOrDefault(way(evidence, event), 0) < Evidence.STEPS_PER_HOUR_MAX)
        .map(event -> event(event) + " of " + way(evidence, event));
  }

  /** Who goes where with an event. */
  private static String way(Evidence evidence, long event) {
    var shot = evidence.load().shot(event);
    return evidence.load().user(shot) + " to " + shot.purpose();
  }

  private static Stream<String> missing(Evidence evidence) {
    var arrivals = evidence.arrivalsByEvent();
    return evidence.heard().stream()
        .sorted()
        .filter(evidence.load()::has)
        .filter(event ->
            evidence
                .owed(event)
                .filter(to -> !arrived(to, arrivals.getOrDefault(event, List.of())))
                .isPresent())
        .map(event -> event(event) + " to " + evidence.owed(event).orElseThrow().word());
  }

  private static boolean arrived(Destination to, List<Arrival> arrivals) {
    return arrivals.stream().anyMatch(it -> it.to() == to && (it.taken() || to.end() == End.DEAD));
  }

  private static Stream<String> rekeyed(Evidence evidence) {
    return evidence.arrivalsByEvent().entrySet().stream()
        .filter(event -> event.getValue().stream().map(Arrival::key).distinct().count() > 1)
        .map(event -> event(event.getKey()) + " as " + event.getValue().getLast().key());
  }

  private static Stream<String> unasked(Evidence evidence) {
    var heard = evidence.heard();
    return evidence.arrivals().stream()
        .filter(arrival -> !heard.contains(arrival.event().event()))
        .map(arrival -> arrival.key() + " about event " + arrival.event().event());
  }

  private static Stream<String> repeated(Evidence evidence) {
    return evidence.arrivalsByEvent().values().stream()
        .flatMap(arrivals -> repeats(evidence, arrivals));
  }

  private static Stream<String> repeats(Evidence evidence, List<Arrival> arrivals) {
    var first = arrivals.stream().filter(Arrival::taken).findFirst();
    return arrivals.stream()
        .filter(later -> first.isPresent() && later.nanos() - first.get().nanos() > 0)
        .filter(later -> later.nanos() - first.get().nanos() < ANSWER_WITHIN.toNanos())
        .filter(later -> evidence.deathsBetween(first.get().nanos(), later.nanos()) == 0)
        .map(later -> later.key() + " to " + later.to().word());
  }

  private static Stream<String> early(Evidence evidence) {
    return evidence.arrivals().stream()
        .filter(arrival -> evidence.load().has(arrival.event().event()))
        .filter(arrival -> waits(evidence, arrival))
        .filter(arrival -> sinceDue(evidence, arrival) < Evidence.PATIENCE.toNanos())
        .map(Arrival::key);
  }

  private static boolean waits(Evidence evidence, Arrival arrival) {
    return evidence.load().shot(arrival.event().event()).purpose() instanceof SendsLater;
  }

  private static long sinceDue(Evidence evidence, Arrival arrival) {
    var entry = evidence.ledger().get(arrival.event().event());
    return entry == null ? Long.MAX_VALUE : arrival.nanos() - entry.dueNanos();
  }

  private static Stream<String> late(Evidence evidence) {
    var arrivals = evidence.arrivalsByEvent();
    return evidence.acknowledged().entrySet().stream()
        .filter(event -> arrivals.containsKey(event.getKey()))
        .filter(event ->
            arrivals.getOrDefault(event.getKey(), List.of()).getFirst().nanos()
                    - event.getValue().answeredNanos()
                > LATE_AFTER.toNanos())
        .map(event -> event(event.getKey()));
  }

  private static Stream<String> strayed(Evidence evidence) {
    return LongStream.rangeClosed(1, evidence.strayed()).mapToObj(nth -> "request " + nth);
  }

  private static Stream<String> misjudged(Evidence evidence) {
    var owed = new HashMap<Destination, Long>();
    evidence.heard().stream()
        .filter(evidence.load()::has)
        .flatMap(event -> evidence.owed(event).stream())
        .filter(to -> to.end() == End.DEAD)
        .forEach(to -> owed.merge(to, 1L, Long::sum));
    return Arrays.stream(Destination.values())
        .filter(to -> !evidence.dead().getOrDefault(to, 0L).equals(owed.getOrDefault(to, 0L)))
        .map(to ->
            "%s: %d dead, %d expected"
                .formatted(
                    to.word(), evidence.dead().getOrDefault(to, 0L), owed.getOrDefault(to, 0L)));
  }

  private static Stream<String> open(Evidence evidence) {
    return evidence.left().equals(Left.NOTHING)
        ? Stream.empty()
        : Stream.of(evidence.left().shown());
  }

  private static String event(long number) {
    return "event " + number;
  }
}
