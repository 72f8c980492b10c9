package dev.earshot.gateway.admission;

import dev.earshot.event.Json;
import dev.earshot.event.Properties;
import dev.earshot.gateway.admission.Admission.Quarantined;
import dev.earshot.gateway.admission.Admission.Refused;
import dev.earshot.gateway.admission.Admission.Rejected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

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

  private final byte[] body;
  private final JsonParser parser;

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

  private MessageReader(byte[] body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
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
    try (var parser = Json.strictParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Json.Malformed("a JSON object is expected");
      }
      var messages = reading.read(new MessageReader(body, parser));
      if (parser.nextToken() != null) {
        throw new Json.Malformed("there is more after the end of the document");
      }
      return messages;
    } catch (JacksonException e) {
      throw new Json.Malformed(Flaws.reason(e));
    }
  }

  /** Reads the object the parser stands on. */
  private Message message(@Nullable String impliedType) {
    forget();
    int from = offset();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var member = parser.currentName();
      member(member, parser.nextToken());
    }
    return new Message(
        new Slice(body, from, offset() + 1),
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

  private void member(String member, JsonToken token) {
    switch (member) {
      case "type" -> type = text(member, token);
      case "messageId" -> messageId = text(member, token);
      case "userId" -> userId = text(member, token);
      case "anonymousId" -> anonymousId = text(member, token);
      case "event" -> event = text(member, token);
      case "name" -> name = text(member, token);
      case "category" -> category = text(member, token);
      case "groupId" -> groupId = text(member, token);
      case "previousId" -> previousId = text(member, token);
      case "timestamp" -> timestamp = text(member, token);
      case "originalTimestamp" -> originalTimestamp = text(member, token);
      case "sentAt" -> sentAt = text(member, token);
      case "writeKey" -> writeKey = text(member, token);
      case "properties" -> properties = object(member, token);
      case "traits" -> traits = object(member, token);
      case "context" -> context = context(token);
      default -> pass(token);
    }
  }

  /** A text, or a number as its text; nothing for null and for the empty text. */
  private @Nullable String text(String member, JsonToken token) {
    return switch (token) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        var text = parser.getString();
        yield text.isBlank() ? null : text;
      }
      case VALUE_NULL -> null;
      default -> {
        pass(token);
        flaw = new Quarantined("wrong_type", "the member " + member + " is to be a text");
        yield null;
      }
    };
  }

  private @Nullable Properties object(String member, JsonToken token) {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.START_OBJECT) {
      pass(token);
      flaw = new Quarantined("wrong_type", "the member " + member + " is to be an object");
      return null;
    }
    int from = offset();
    passRest();
    return slice(from);
  }

  private @Nullable Properties context(JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      return object("context", token);
    }
    int from = offset();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var member = parser.currentName();
      var value = parser.nextToken();
      if (value == JsonToken.START_OBJECT && member.equals("traits")) {
        contextTraits = object(member, value);
      } else {
        direct |= value == JsonToken.VALUE_TRUE && member.equals("direct");
        pass(value);
      }
    }
    return slice(from);
  }

  /** Goes to the end of the value the parser stands on. */
  private void pass(JsonToken token) {
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      passRest();
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      requireFinite();
    }
  }

  private void passRest() {
    int depth = 1;
    while (depth > 0) {
      switch (parser.nextToken()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case VALUE_NUMBER_FLOAT -> requireFinite();
        default -> {}
      }
    }
  }

  private void requireFinite() {
    if (Double.isInfinite(parser.getDoubleValue())) {
      flaw = new Rejected("number_out_of_range", "a number is larger than a double can hold");
    }
  }

  private Properties slice(int from) {
    int to = offset() + 1;
    return to - from == 2 ? Properties.EMPTY : Properties.of(Arrays.copyOfRange(body, from, to));
  }

  private int offset() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** A batch while it is read: its own members may stand before and after its messages. */
  private final class Batch {
    private final int messagesMax;
    private final List<Message> messages = new ArrayList<>();
    private @Nullable String batchKey;
    private @Nullable String batchSentAt;
    private @Nullable Properties batchContext;
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

    Messages messages() {
      var key = batchKey == null && !messages.isEmpty() ? messages.getFirst().writeKey() : batchKey;
      return new Messages(messages, key, batchSentAt, batchContext);
    }

    void members() {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var member = parser.currentName();
        var token = parser.nextToken();
        if (token == JsonToken.START_ARRAY && member.equals("batch")) {
          items();
        } else {
          flaw = null;
          ownMember(member, token);
          requireNoFlaw();
        }
      }
    }

    private void ownMember(String member, JsonToken token) {
      switch (member) {
        case "writeKey" -> batchKey = text(member, token);
        case "sentAt" -> batchSentAt = text(member, token);
        case "context" -> batchContext = object(member, token);
        default -> pass(token);
      }
    }

    private void requireNoFlaw() {
      if (flaw != null) {
        throw new Json.Malformed(flaw.reason());
      }
    }

    private void items() {
      found = true;
      JsonToken token;
      while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
        if (messages.size() == messagesMax) {
          throw new TooMany(messagesMax);
        }
        messages.add(token == JsonToken.START_OBJECT ? message(null) : stray(token));
      }
    }

    /** An item that is no object at all. */
    private Message stray(JsonToken token) {
      forget();
      int from = offset();
      pass(token);
      if (token == JsonToken.VALUE_STRING) {
        parser.finishToken();
      }
      int to = (int) parser.currentLocation().getByteOffset();
      var flaw = new Quarantined("not_an_object", "an event is to be a JSON object");
      return Message.stray(new Slice(body, from, to), flaw);
    }
  }
}
