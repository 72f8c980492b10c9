package dev.earshot.gateway.key;

import java.time.Duration;

/**
 * How fast those are told of their refusals who come again and again all the same.
 *
 * @param atOnce so many in a row are told without delay
 * @param each what every further one takes, of the same name
 * @param latenessMax none waits for longer: it may be somebody else's of that name
 * @param heldMax so many wait at a time, of all names
 */
public record Pace(int atOnce, Duration each, Duration latenessMax, int heldMax) {

  public static final Pace STANDARD =
      new Pace(20, Duration.ofMillis(10), Duration.ofSeconds(1), 1_000);
}
