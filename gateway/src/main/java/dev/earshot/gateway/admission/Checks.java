package dev.earshot.gateway.admission;

import dev.earshot.event.EventType;
import dev.earshot.event.Origin;
import dev.earshot.gateway.admission.Admission.Quarantined;
import dev.earshot.gateway.admission.Admission.Refused;
import dev.earshot.gateway.admission.Admission.Rejected;
import org.jspecify.annotations.Nullable;

/** What a message must be before it is an event. Each check says no with a reason, or nothing. */
final class Checks {

  static final int ID_LENGTH_MAX = 255;
  static final int NAME_LENGTH_MAX = 255;

  private Checks() {}

  static @Nullable Refused shape(Message message, Envelope envelope) {
    return message.flaw();
  }

  static @Nullable Refused size(Message message, Envelope envelope) {
    return message.document().length() <= envelope.eventBytesMax()
        ? null
        : new Rejected(
            "event_too_large", "an event holds at most " + envelope.eventBytesMax() + " bytes");
  }

  static @Nullable Refused text(Message message, Envelope envelope) {
    return message.document().hasSoundEscapes()
        ? null
        : new Rejected("bad_text", "an escape stands for NUL or for half a character");
  }

  static @Nullable Refused type(Message message, Envelope envelope) {
    if (message.type() == null) {
      return new Quarantined("type_missing", "an event of a batch needs a type");
    }
    return EventType.of(message.type()).isPresent()
        ? null
        : new Quarantined(
            "type_unknown", "the type is none of track, identify, page, screen, group, alias");
  }

  static @Nullable Refused person(Message message, Envelope envelope) {
    if (message.userId() == null && message.anonymousId() == null) {
      return new Quarantined("person_missing", "an event needs a userId or an anonymousId");
    }
    return null;
  }

  static @Nullable Refused subject(Message message, Envelope envelope) {
    return switch (EventType.of(String.valueOf(message.type())).orElseThrow()) {
      case TRACK -> needed(message.event(), "track_without_event", "a track needs an event");
      case GROUP -> needed(message.groupId(), "group_without_account", "a group needs a groupId");
      case ALIAS ->
          needed(message.previousId(), "alias_without_previous", "an alias needs a previousId");
      case IDENTIFY, PAGE, SCREEN -> null;
    };
  }

  static @Nullable Refused names(Message message, Envelope envelope) {
    var refused = bounded("event", message.event(), NAME_LENGTH_MAX);
    refused = refused == null ? bounded("name", message.name(), NAME_LENGTH_MAX) : refused;
    return refused == null ? bounded("category", message.category(), NAME_LENGTH_MAX) : refused;
  }

  static @Nullable Refused ids(Message message, Envelope envelope) {
    var refused = bounded("messageId", message.messageId(), ID_LENGTH_MAX);
    refused = refused == null ? bounded("userId", message.userId(), ID_LENGTH_MAX) : refused;
    refused =
        refused == null ? bounded("anonymousId", message.anonymousId(), ID_LENGTH_MAX) : refused;
    refused = refused == null ? bounded("groupId", message.groupId(), ID_LENGTH_MAX) : refused;
    return refused == null ? bounded("previousId", message.previousId(), ID_LENGTH_MAX) : refused;
  }

  /** The past needs to say when it was; anything live has at least happened by now. */
  static @Nullable Refused time(Message message, Envelope envelope) {
    boolean history = envelope.origin() == Origin.HISTORY;
    return history && OccurredAt.claimed(message.timestamp()).isEmpty()
        ? new Quarantined("history_without_time", "an event of the past needs a timestamp")
        : null;
  }

  private static @Nullable Refused needed(@Nullable String text, String code, String reason) {
    return text == null ? new Quarantined(code, reason) : null;
  }

  /**
   * Ids and names become record keys, headers and lines of logs: they hold no control character.
   */
  private static @Nullable Refused bounded(String member, @Nullable String text, int lengthMax) {
    if (text == null) {
      return null;
    }
    if (text.length() > lengthMax) {
      return new Rejected("too_long", member + " holds at most " + lengthMax + " characters");
    }
    for (int at = 0; at < text.length(); at++) {
      if (Character.isISOControl(text.charAt(at))) {
        return new Rejected("control_character", member + " holds a control character");
      }
    }
    return null;
  }
}
