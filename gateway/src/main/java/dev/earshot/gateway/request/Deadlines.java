package dev.earshot.gateway.request;

import java.time.Duration;

/**
 * How long anybody is waited for, or waits.
 *
 * @param idle of a connection on which nothing is asked for
 * @param body until a request has arrived whole, however steadily it drips
 * @param turn of the oldest of many requests in work, before others are let in
 * @param log until the log has confirmed the events of a request
 */
public record Deadlines(Duration idle, Duration body, Duration turn, Duration log) {

  public static final Deadlines STANDARD =
      new Deadlines(
          Duration.ofSeconds(13),
          Duration.ofSeconds(10),
          Duration.ofMillis(300),
          Duration.ofSeconds(5));
}
