package dev.earshot.gateway.key;

/**
 * How many events are accepted: a rate, and how many at once after a pause.
 *
 * @param burst at least one batch, or no batch could ever pass
 */
public record Quota(int eventsPerSecond, int burst) {

  public Quota {
    if (eventsPerSecond < 1 || burst < 1) {
      throw new IllegalArgumentException("a quota allows at least one event");
    }
  }
}
