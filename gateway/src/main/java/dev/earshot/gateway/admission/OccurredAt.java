package dev.earshot.gateway.admission;

import dev.earshot.event.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When an event happened, by the clock of this host. The caller's two stamps are taken to be wrong
 * by the same amount, and sending to take no time.
 *
 * @param clamped whether the claim could not be believed: no time at all, before 1970, or not yet
 */
record OccurredAt(Instant at, boolean clamped) {

  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

  static OccurredAt live(@Nullable String timestamp, Optional<Instant> sentAt, Instant receivedAt) {
    if (timestamp == null) {
      return new OccurredAt(receivedAt, false);
    }
    var claimed = claimed(timestamp);
    if (claimed.isEmpty()) {
      return new OccurredAt(receivedAt, true);
    }
    var corrected =
        sentAt.isEmpty()
            ? claimed.get()
            : receivedAt.minus(Duration.between(claimed.get(), sentAt.get()));
    return believed(corrected, receivedAt);
  }

  /** History bears its times as they were: whoever sends it did not stamp it on sending. */
  static OccurredAt history(@Nullable String timestamp, Instant receivedAt) {
    return believed(claimed(timestamp).orElse(receivedAt), receivedAt);
  }

  static Optional<Instant> claimed(@Nullable String text) {
    return text == null
        ? Optional.empty()
        : Times.parse(text)
            .filter(time -> !time.isBefore(Instant.EPOCH) && !time.isAfter(END_OF_TIME));
  }

  private static OccurredAt believed(Instant at, Instant receivedAt) {
    boolean believable = !at.isAfter(receivedAt) && !at.isBefore(Instant.EPOCH);
    return new OccurredAt(believable ? at : receivedAt, !believable);
  }
}
