package dev.earshot.gateway.admission;

import dev.earshot.event.Json;
import dev.earshot.event.JsonNames;
import dev.earshot.event.JsonScanner;
import dev.earshot.event.JsonScanner.Kind;
import dev.earshot.event.Properties;
import dev.earshot.gateway.admission.Admission.Quarantined;
import dev.earshot.gateway.admission.Admission.Refused;
import dev.earshot.gateway.admission.Admission.Rejected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a request in one pass over its bytes. What is wrong with the document
 * throws {@link Json.Malformed}; what is wrong with one message is that message's flaw.
 */
public final class MessageReader {

  /** A batch holds more messages than one request may. */
  public static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMany(int messagesMax) {
      super("a batch holds at most " + messagesMax + " events");
    }
  }

  private static final JsonNames MEMBERS =
      JsonNames.of(
          "type",
          "messageId",
          "userId",
          "anonymousId",
          "event",
          "name",
          "category",
          "groupId",
          "previousId",
          "timestamp",
          "originalTimestamp",
          "sentAt",
          "writeKey",
          "properties",
          "traits",
          "context",
          "direct",
          "batch");

  private final byte[] body;
  private final JsonScanner scanner;

  private @Nullable String type;
  private @Nullable String messageId;
  private @Nullable String userId;
  private @Nullable String anonymousId;
  private @Nullable String event;
  private @Nullable String name;
  private @Nullable String category;
  private @Nullable String groupId;
  private @Nullable String previousId;
  private @Nullable String timestamp;
  private @Nullable String originalTimestamp;
  private @Nullable String sentAt;
  private @Nullable String writeKey;
  private @Nullable Properties properties;
  private @Nullable Properties traits;
  private @Nullable Properties context;
  private @Nullable Properties contextTraits;
  private boolean direct;
  private @Nullable Refused flaw;

  private MessageReader(byte[] body) {
    this.body = body;
    this.scanner = new JsonScanner(body, MEMBERS);
  }

  /** Reads a body that is one message, of the given type whatever it says itself. */
  public static Messages single(byte[] body, @Nullable String type) {
    return read(
        body,
        reader -> {
          var message = reader.message(type);
          return new Messages(List.of(message), message.writeKey(), null, null);
        });
  }

  /** Reads a body that holds its messages in {@code batch}. */
  public static Messages batch(byte[] body, int messagesMax) {
    return read(body, reader -> reader.new Batch(messagesMax).read());
  }

  /** Reads a body that is either: a batch where there is a {@code batch}, else one message. */
  public static Messages either(byte[] body, int messagesMax) {
    return read(
        body,
        reader -> {
          var batch = reader.new Batch(messagesMax);
          batch.members();
          return batch.found ? batch.messages() : single(body, null);
        });
  }

  private interface Reading {
    Messages read(MessageReader reader);
  }

  private static Messages read(byte[] body, Reading reading) {
    WellFormed.requireUtf8(body);
    var reader = new MessageReader(body);
    if (reader.scanner.kind() != Kind.OBJECT) {
      throw new Json.Malformed("a JSON object is expected");
    }
    var messages = reading.read(reader);
    reader.scanner.end();
    return messages;
  }

  /** Reads the object the scanner stands before. */
  private Message message(@Nullable String impliedType) {
    forget();
    int from = scanner.position();
    scanner.enter();
    while (scanner.nextMember()) {
      member(scanner.name(), scanner.kind());
    }
    takeBreach();
    return new Message(
        new Slice(body, from, scanner.position()),
        impliedType == null ? type : impliedType,
        messageId,
        userId,
        anonymousId,
        event,
        name,
        category,
        groupId,
        previousId,
        originalTimestamp == null ? timestamp : originalTimestamp,
        sentAt,
        writeKey,
        properties,
        traits,
        context,
        contextTraits,
        direct,
        flaw);
  }

  private void forget() {
    type = messageId = userId = anonymousId = event = name = category = groupId = null;
    previousId = timestamp = originalTimestamp = sentAt = writeKey = null;
    properties = traits = context = contextTraits = null;
    direct = false;
    flaw = null;
  }

  private void member(String member, Kind kind) {
    switch (member) {
      case "type" -> type = text(member, kind);
      case "messageId" -> messageId = text(member, kind);
      case "userId" -> userId = text(member, kind);
      case "anonymousId" -> anonymousId = text(member, kind);
      case "event" -> event = text(member, kind);
      case "name" -> name = text(member, kind);
      case "category" -> category = text(member, kind);
      case "groupId" -> groupId = text(member, kind);
      case "previousId" -> previousId = text(member, kind);
      case "timestamp" -> timestamp = text(member, kind);
      case "originalTimestamp" -> originalTimestamp = text(member, kind);
      case "sentAt" -> sentAt = text(member, kind);
      case "writeKey" -> writeKey = text(member, kind);
      case "properties" -> properties = object(member, kind);
      case "traits" -> traits = object(member, kind);
      case "context" -> context = context(kind);
      default -> scanner.pass();
    }
  }

  /** A text, or a number as its text; nothing for null and for the empty text. */
  private @Nullable String text(String member, Kind kind) {
    if (kind == Kind.TEXT || kind == Kind.NUMBER) {
      var text = scanner.text();
      return text.isBlank() ? null : text;
    }
    scanner.pass();
    requireNull(member, kind, "a text");
    return null;
  }

  private @Nullable Properties object(String member, Kind kind) {
    int from = scanner.position();
    scanner.pass();
    if (kind == Kind.OBJECT) {
      return slice(from);
    }
    requireNull(member, kind, "an object");
    return null;
  }

  /** A member may be null instead of what it is to be, and nothing else. */
  private void requireNull(String member, Kind kind, String wanted) {
    if (kind != Kind.NULL) {
      flaw = new Quarantined("wrong_type", "the member " + member + " is to be " + wanted);
    }
  }

  private @Nullable Properties context(Kind kind) {
    if (kind != Kind.OBJECT) {
      return object("context", kind);
    }
    int from = scanner.position();
    scanner.enter();
    while (scanner.nextMember()) {
      var value = scanner.kind();
      if (value == Kind.OBJECT && scanner.isNamed("traits")) {
        contextTraits = object("traits", value);
      } else {
        direct |= value == Kind.TRUE && scanner.isNamed("direct");
        scanner.pass();
      }
    }
    return slice(from);
  }

  /** What passes our limits harms its own message only. */
  private void takeBreach() {
    scanner.breach().ifPresent(found -> flaw = Rejected.of(found));
  }

  private Properties slice(int from) {
    int to = scanner.position();
    return to - from == 2 ? Properties.EMPTY : Properties.of(Arrays.copyOfRange(body, from, to));
  }

  /** A batch while it is read: its own members may stand before and after its messages. */
  private final class Batch {
    private final int messagesMax;
    private final List<Message> messages = new ArrayList<>();
    private @Nullable String batchKey;
    private @Nullable String batchSentAt;
    private @Nullable Properties batchContext;
    private @Nullable Refused ownFlaw;
    private boolean found;

    Batch(int messagesMax) {
      this.messagesMax = messagesMax;
    }

    Messages read() {
      members();
      if (!found) {
        throw new Json.Malformed("an object with an array named batch is expected");
      }
      return messages();
    }

    /** What is wrong beside the messages is nobody's flaw but the document's. */
    Messages messages() {
      if (ownFlaw != null) {
        throw new Json.Malformed(ownFlaw.reason());
      }
      var key = batchKey == null && !messages.isEmpty() ? messages.getFirst().writeKey() : batchKey;
      return new Messages(messages, key, batchSentAt, batchContext);
    }

    void members() {
      scanner.enter();
      while (scanner.nextMember()) {
        flaw = null;
        var kind = scanner.kind();
        var member = scanner.name();
        if (kind == Kind.ARRAY && member.equals("batch")) {
          noteOwnFlaw();
          items();
        } else {
          ownMember(member, kind);
          noteOwnFlaw();
        }
      }
    }

    private void ownMember(String member, Kind kind) {
      switch (member) {
        case "writeKey" -> batchKey = text(member, kind);
        case "sentAt" -> batchSentAt = text(member, kind);
        case "context" -> batchContext = object(member, kind);
        default -> scanner.pass();
      }
    }

    private void noteOwnFlaw() {
      takeBreach();
      ownFlaw = ownFlaw == null ? flaw : ownFlaw;
    }

    private void items() {
      found = true;
      scanner.enter();
      while (scanner.nextItem()) {
        if (messages.size() == messagesMax) {
          throw new TooMany(messagesMax);
        }
        messages.add(scanner.kind() == Kind.OBJECT ? message(null) : stray());
      }
    }

    /** An item that is no object at all. */
    private Message stray() {
      forget();
      int from = scanner.position();
      scanner.pass();
      flaw = Quarantined.notAnObject();
      takeBreach();
      return Message.stray(new Slice(body, from, scanner.position()), flaw);
    }
  }
}
