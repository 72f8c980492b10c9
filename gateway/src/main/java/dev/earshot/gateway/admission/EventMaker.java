package dev.earshot.gateway.admission;

import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import dev.earshot.gateway.admission.Admission.Admitted;
import dev.earshot.gateway.admission.Splice.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes events of messages that have passed every check. */
final class EventMaker {

  /** A correction by more than this is worth keeping the caller's own stamps for. */
  private static final Duration CLOCK_ERROR_TOLERATED = Duration.ofSeconds(5);

  private final Envelope envelope;
  private final Optional<Instant> envelopeSentAt;

  EventMaker(Envelope envelope) {
    this.envelope = envelope;
    this.envelopeSentAt = OccurredAt.claimed(envelope.sentAt());
  }

  Admitted make(Message message) {
    var type = EventType.of(String.valueOf(message.type())).orElseThrow();
    var sentAt = sentAt(message);
    var occurredAt = occurredAt(message, sentAt);
    boolean ofVisitor = isOfVisitor(message, type);
    var event =
        new Event(
            message.idOrDerived(envelope),
            envelope.workspace(),
            type,
            type == EventType.TRACK ? String.valueOf(message.event()) : type.eventName(),
            message.userId(),
            ofVisitor ? message.previousId() : message.anonymousId(),
            type == EventType.GROUP ? message.groupId() : null,
            type == EventType.ALIAS && envelope.mayMergeUsers() ? message.previousId() : null,
            properties(message, type),
            context(message, type, sentAt, occurredAt),
            occurredAt.at(),
            envelope.receivedAt(),
            envelope.origin(),
            envelope.source());
    return new Admitted(
        event, message.messageId() != null, warnings(message, occurredAt, ofVisitor));
  }

  /**
   * Whoever reads a page has its key: with it anybody could take over a user by an alias. So what a
   * public key calls the former id is that of a visitor, whom nobody else has a name for.
   */
  private boolean isOfVisitor(Message message, EventType type) {
    return type == EventType.ALIAS && message.userId() != null && !envelope.mayMergeUsers();
  }

  private static List<String> warnings(Message message, OccurredAt occurredAt, boolean ofVisitor) {
    if (!occurredAt.clamped() && !ofVisitor) {
      return List.of();
    }
    var warnings = new ArrayList<String>(2);
    if (occurredAt.clamped()) {
      warnings.add("ts_clamped");
    }
    if (ofVisitor && !Objects.equals(message.previousId(), message.anonymousId())) {
      warnings.add("visitor_only");
    }
    return warnings;
  }

  private OccurredAt occurredAt(Message message, Optional<Instant> sentAt) {
    return envelope.origin() == Origin.HISTORY
        ? OccurredAt.history(message.timestamp(), envelope.receivedAt())
        : OccurredAt.live(message.timestamp(), sentAt, envelope.receivedAt());
  }

  private Optional<Instant> sentAt(Message message) {
    return message.sentAt() == null ? envelopeSentAt : OccurredAt.claimed(message.sentAt());
  }

  private static Properties properties(Message message, EventType type) {
    return switch (type) {
      case TRACK -> orEmpty(message.properties());
      case PAGE, SCREEN -> named(message);
      case IDENTIFY -> orEmpty(message.traits(), message.contextTraits());
      case GROUP, ALIAS -> orEmpty(message.traits());
    };
  }

  /** Servers give a page's name beside its properties, browsers in both places. */
  private static Properties named(Message message) {
    var properties = orEmpty(message.properties());
    return message.name() == null && message.category() == null
        ? properties
        : Splice.adding(
            properties,
            new Member("name", message.name()),
            new Member("category", message.category()));
  }

  private Properties context(
      Message message, EventType type, Optional<Instant> sentAt, OccurredAt occurredAt) {
    var context = message.context();
    if (context != null && isIdentifiedByContext(message, type)) {
      context = Splice.without(context, "traits");
    }
    if (context == null || context.isEmpty()) {
      context = orEmpty(envelope.context());
    } else if (envelope.context() != null) {
      context = Splice.merge(envelope.context(), context);
    }
    var located = located(message, context);
    return occurredAt.clamped() || isClockWrong(sentAt) ? stamped(message, located) : located;
  }

  private static boolean isIdentifiedByContext(Message message, EventType type) {
    return type == EventType.IDENTIFY
        && message.traits() == null
        && message.contextTraits() != null;
  }

  /** A browser does not know its own address; a server's is nobody's, unless it asks for it. */
  private Properties located(Message message, Properties context) {
    boolean wanted = envelope.browser() || message.direct();
    return wanted && envelope.address() != null
        ? Splice.adding(context, new Member("ip", envelope.address()))
        : context;
  }

  /** The context with the caller's own stamps, where ours differ from them. */
  private Properties stamped(Message message, Properties context) {
    var sentAt = message.sentAt() == null ? envelope.sentAt() : message.sentAt();
    return Splice.adding(
        context,
        new Member("originalTimestamp", shortened(message.timestamp())),
        new Member("sentAt", shortened(sentAt)));
  }

  private boolean isClockWrong(Optional<Instant> sentAt) {
    if (sentAt.isEmpty() || envelope.origin() == Origin.HISTORY) {
      return false;
    }
    long error = envelope.receivedAt().toEpochMilli() - sentAt.get().toEpochMilli();
    return Math.abs(error) > CLOCK_ERROR_TOLERATED.toMillis();
  }

  private static @Nullable String shortened(@Nullable String time) {
    return time == null || time.length() <= 64 ? time : time.substring(0, 64);
  }

  private static Properties orEmpty(@Nullable Properties properties) {
    return properties == null ? Properties.EMPTY : properties;
  }

  private static Properties orEmpty(@Nullable Properties first, @Nullable Properties second) {
    return first == null ? orEmpty(second) : first;
  }
}
