package dev.earshot.bench;

import dev.earshot.bench.Ledger.Fate;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares what a client was told with what came of it.
 *
 * @param fates what the client believes of each event it sent, by its number
 * @param facts how many facts there are of each event
 * @param fired the events that were to send a webhook, as far as there are facts of them
 * @param webhooks how often each webhook arrived, by its id
 */
record Checker(
    Map<Long, Fate> fates, Map<Long, Integer> facts, long fired, Map<String, Integer> webhooks) {

  long count(Fate fate) {
    return fates.values().stream().filter(fate::equals).count();
  }

  /** Acknowledged, and no fact of it: what must never be. */
  long lost() {
    return fates.entrySet().stream()
        .filter(event -> event.getValue() == Fate.ACKNOWLEDGED)
        .filter(event -> !facts.containsKey(event.getKey()))
        .count();
  }

  /** Facts beyond the first of each event: what must never be. */
  long duplicated() {
    return facts.values().stream().mapToLong(count -> count - 1L).sum();
  }

  /** Facts of events that nobody sent. */
  long strange() {
    return facts.keySet().stream().filter(number -> !fates.containsKey(number)).count();
  }

  /**
   * Events that were to send a webhook of which none arrived. Negative: more webhooks than events.
   */
  long undelivered() {
    return fired - webhooks.size();
  }

  /** Arrivals of a webhook beyond its first, which its id lets a receiver recognise. */
  long repeated() {
    return webhooks.values().stream().mapToLong(count -> count - 1L).sum();
  }

  boolean holds() {
    return lost() == 0 && duplicated() == 0 && strange() == 0 && undelivered() == 0;
  }

  String report() {
    return """
      sent                 %,9d
      acknowledged         %,9d
      refused              %,9d
      unknown              %,9d
      facts                %,9d
      lost                 %,9d   acknowledged, and no fact of it
      duplicated facts     %,9d
      facts nobody sent    %,9d
      webhooks owed        %,9d   one for each fact of an event that fires one
      webhooks arrived     %,9d   distinct ids
      webhooks missing     %,9d
      webhooks repeated    %,9d   under the same id, as a crash between a webhook and its outcome may
    """
        .formatted(
            fates.size(),
            count(Fate.ACKNOWLEDGED),
            count(Fate.REFUSED),
            count(Fate.UNKNOWN),
            facts.values().stream().mapToLong(Integer::longValue).sum(),
            lost(),
            duplicated(),
            strange(),
            fired,
            webhooks.size(),
            undelivered(),
            repeated());
  }

  /** Counts, by what is counted. */
  static final class Tally<T> {
    private final Map<T, Integer> counts = new HashMap<>();

    synchronized void add(T thing) {
      counts.merge(thing, 1, Integer::sum);
    }

    synchronized Map<T, Integer> counts() {
      return Map.copyOf(counts);
    }
  }
}
