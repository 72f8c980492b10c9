package dev.earshot.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact about one user, as it was admitted.
 *
 * @param id the caller's idempotency key; the same id is the same fact, however often it arrives
 * @param name what happened, such as {@code Pricing Viewed}; for calls other than track the name of
 *     {@link EventType#eventName()}
 * @param userId absent for an anonymous visitor; one of the two ids is always there
 * @param groupId the account, in group calls
 * @param previousId the former id, in alias calls
 * @param properties of what happened; in identify and group calls, the traits
 * @param context of the client: library, page, locale, campaign
 * @param occurredAt when the client says it happened, corrected for its clock and never after
 *     {@code receivedAt}
 * @param source the id of the write key it came with
 */
public record Event(
    String id,
    String workspace,
    EventType type,
    String name,
    @Nullable String userId,
    @Nullable String anonymousId,
    @Nullable String groupId,
    @Nullable String previousId,
    Properties properties,
    Properties context,
    Instant occurredAt,
    Instant receivedAt,
    Origin origin,
    String source) {

  public Event {
    if (userId == null && anonymousId == null) {
      throw new IllegalArgumentException("an event is of a user or of an anonymous visitor");
    }
  }

  /** Whose event it is: the user where one is known, else the anonymous visitor. */
  public Subject subject() {
    if (userId != null) {
      return Subject.user(workspace, userId);
    }
    return Subject.anonymous(workspace, java.util.Objects.requireNonNull(anonymousId));
  }
}
