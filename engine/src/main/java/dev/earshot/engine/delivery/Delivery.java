package dev.earshot.engine.delivery;

import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message owed to one user.
 *
 * @param id derived from the subject, the journey, its version, the run and the step, never random:
 *     the same decision made twice is the same delivery
 * @param channel how it goes out: {@code email}, {@code webhook}
 * @param destination which target of that channel, by its definition's id; for email the word
 *     {@code email}
 * @param template the id of the template, absent where the channel has a form of its own
 * @param templateVersion the version that was current when the journey was published
 * @param data what templates may show: {@code user}, {@code account}, {@code event}
 * @param expiresAt when it is no longer worth sending
 */
public record Delivery(
    String id,
    Subject subject,
    String channel,
    String destination,
    @Nullable String template,
    int templateVersion,
    String journey,
    int journeyVersion,
    String run,
    String step,
    Fields data,
    Instant decidedAt,
    Instant expiresAt) {

  public Delivery {
    if (subject.kind() == Subject.Kind.ACCOUNT) {
      throw new IllegalArgumentException("a delivery is to a user or to an anonymous visitor");
    }
  }

  Delivery expiringAt(Instant time) {
    return new Delivery(
        id,
        subject,
        channel,
        destination,
        template,
        templateVersion,
        journey,
        journeyVersion,
        run,
        step,
        data,
        decidedAt,
        time);
  }
}
