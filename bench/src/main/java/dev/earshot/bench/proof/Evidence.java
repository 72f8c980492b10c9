package dev.earshot.bench.proof;

import dev.earshot.bench.proof.Ledger.Entry;
import dev.earshot.bench.proof.Ledger.Fate;
import dev.earshot.bench.server.Left;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that the verdict rests on.
 *
 * @param ledger what the client was told, by the number of the shot
 * @param facts in the order of the log, as far as there is one: that of a subject
 * @param withheld events with which a journey was decided not to begin
 * @param quarantined events that stand in quarantine
 * @param planted bad records that were written past the gateway, by their keys
 * @param setAside those of them that stand in quarantine
 * @param dead deliveries that were given up
 * @param strayed requests where nothing may ever arrive
 * @param deaths when the server was killed, by {@link System#nanoTime}
 * @param left what the server had not ended when it was asked last
 */
record Evidence(
    Load load,
    Map<Long, Entry> ledger,
    List<Heard> facts,
    List<Arrival> arrivals,
    Set<Long> withheld,
    Set<Long> quarantined,
    Set<String> planted,
    Set<String> setAside,
    Map<Destination, Long> dead,
    long strayed,
    List<Long> deaths,
    Left left) {

  /** How long the journey of patience waits. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** More steps of one journey are taken for a loop, and the user does not enter it again. */
  static final int STEPS_PER_HOUR_MAX = 50;

  long count(Fate fate) {
    return ledger.values().stream().filter(entry -> entry.fate() == fate).count();
  }

  /** The events that are there, each once. */
  Set<Long> heard() {
    return facts.stream().map(fact -> fact.event().event()).collect(Collectors.toSet());
  }

  /** What was acknowledged, by event: a repeat counts like its first. */
  Map<Long, Entry> acknowledged() {
    var acknowledged = new TreeMap<Long, Entry>();
    ledger.forEach((number, entry) -> {
      if (entry.fate() == Fate.ACKNOWLEDGED) {
        acknowledged.merge(load.shot(number).event(), entry, Evidence::sooner);
      }
    });
    return acknowledged;
  }

  private static Entry sooner(Entry one, Entry other) {
    return one.answeredNanos() <= other.answeredNanos() ? one : other;
  }

  /** Where the message about an event has to go, if one has to. */
  Optional<Destination> owed(long event) {
    return withheld.contains(event) ? Optional.empty() : load.shot(event).destination();
  }

  /** Messages by the event that they are about, each in the order of arrival. */
  Map<Long, List<Arrival>> arrivalsByEvent() {
    return arrivals.stream()
        .sorted(Comparator.comparing(Arrival::nanos))
        .collect(Collectors.groupingBy(arrival -> arrival.event().event(), Collectors.toList()));
  }

  /** Messages that were taken after they had been taken, whatever the reason. */
  long takenTwice() {
    var taken = arrivals.stream().filter(Arrival::taken).map(it -> it.event().event()).toList();
    return taken.size() - taken.stream().distinct().count();
  }

  long deathsBetween(long fromNanos, long toNanos) {
    return deaths.stream().filter(at -> at - fromNanos > 0 && toNanos - at > 0).count();
  }
}
