package dev.earshot.gateway.request;

import java.time.Duration;

/**
 * How long anybody is waited for.
 *
 * @param idle of a connection on which nothing is asked for
 * @param body until a request has arrived whole, however steadily it drips
 * @param log until the log has confirmed the events of a request
 */
public record Deadlines(Duration idle, Duration body, Duration log) {

  public static final Deadlines STANDARD =
      new Deadlines(Duration.ofSeconds(13), Duration.ofSeconds(10), Duration.ofSeconds(5));
}
