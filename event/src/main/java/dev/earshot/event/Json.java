package dev.earshot.event;

import dev.earshot.event.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** JSON text to {@link Value} and back, within limits that no document may pass. */
public final class Json {

  /** How many objects and arrays of a stranger's document stand in one another. */
  public static final int DEPTH_MAX = 64;

  /** Records and answers stand around what a stranger sent, and around one another. */
  private static final int OUR_DEPTH_MAX = 2 * DEPTH_MAX;

  public static final int STRING_LENGTH_MAX = 256 * 1024;
  public static final int NAME_LENGTH_MAX = 512;
  public static final int NUMBER_LENGTH_MAX = 64;
  public static final int DOCUMENT_LENGTH_MAX = 4 * 1024 * 1024;

  /** Reads documents of our own making, such as the records of the log. */
  private static final JsonFactory OURS =
      JsonFactory.builder().streamReadConstraints(limits(OUR_DEPTH_MAX)).build();

  /** Reads documents of strangers: a name that stands twice in an object is refused as well. */
  private static final JsonFactory THEIRS =
      JsonFactory.builder()
          .streamReadConstraints(limits(DEPTH_MAX))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Json() {}

  private static StreamReadConstraints limits(int depth) {
    return StreamReadConstraints.builder()
        .maxNestingDepth(depth)
        .maxStringLength(STRING_LENGTH_MAX)
        .maxNameLength(NAME_LENGTH_MAX)
        .maxNumberLength(NUMBER_LENGTH_MAX)
        .maxDocumentLength(DOCUMENT_LENGTH_MAX)
        .build();
  }

  /** A document that is not JSON, or passes a limit. The message says where and why. */
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Malformed(String message) {
      super(message);
    }
  }

  /** A streaming reader of one of our own documents. */
  public static JsonParser parser(byte[] json) {
    return OURS.createParser(ObjectReadContext.empty(), json, 0, json.length);
  }

  /** A streaming reader of a stranger's document. */
  public static JsonParser strictParser(byte[] json) {
    return THEIRS.createParser(ObjectReadContext.empty(), json, 0, json.length);
  }

  /** A stranger's whole document as one value; throws {@link Malformed}. */
  public static Value parse(byte[] json) {
    return document(strictParser(json));
  }

  /** One of our own whole documents as one value; throws {@link Malformed}. */
  public static Value own(byte[] json) {
    return document(parser(json));
  }

  public static Value own(String json) {
    return own(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Value document(JsonParser ofAll) {
    try (var parser = ofAll) {
      parser.nextToken();
      var value = value(parser);
      if (parser.nextToken() != null) {
        throw new Malformed("there is more after the end of the document");
      }
      return value;
    } catch (JacksonException e) {
      throw new Malformed(reason(e));
    }
  }

  public static Value parse(String json) {
    return parse(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The document as an object; throws {@link Malformed} for any other value. */
  public static Fields parseFields(byte[] json) {
    return object(parse(json));
  }

  /** One of our own documents as an object; throws {@link Malformed} for any other value. */
  public static Fields ownFields(byte[] json) {
    return object(own(json));
  }

  private static Fields object(Value value) {
    if (value instanceof Fields fields) {
      return fields;
    }
    throw new Malformed("an object is expected");
  }

  /** The value the parser stands on; afterwards it stands on that value's last token. */
  public static Value value(JsonParser parser) {
    var token = parser.currentToken();
    if (token == null) {
      throw new Malformed("the document is empty");
    }
    return switch (token) {
      case START_OBJECT -> fields(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> new Value.Text(parser.getString());
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> Value.of(true);
      case VALUE_FALSE -> Value.of(false);
      case VALUE_NULL -> Value.Nothing.NOTHING;
      default -> throw new Malformed("a value is expected, not " + token);
    };
  }

  public static byte[] bytes(Value value) {
    return new JsonWriter(256).value(value).bytes();
  }

  public static String text(Value value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  /** What is wrong, and where, without a word of the parser's own workings. */
  public static String reason(JacksonException e) {
    var location = e.getLocation();
    var where =
        location == null
            ? ""
            : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    var message = e instanceof StreamReadException ? e.getOriginalMessage() : "not readable";
    int newline = message.indexOf('\n');
    return (newline < 0 ? message : message.substring(0, newline)) + where;
  }

  private static Fields fields(JsonParser parser) {
    Map<String, Value> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return new Fields(fields);
  }

  private static Value items(JsonParser parser) {
    List<Value> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Value.Items(items);
  }

  private static Value whole(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> new Value.Whole(parser.getLongValue());
      default -> decimal(parser);
    };
  }

  private static Value decimal(JsonParser parser) {
    double number = parser.getDoubleValue();
    if (Double.isInfinite(number)) {
      throw new Malformed("the number " + parser.getString() + " is too large");
    }
    return new Value.Decimal(number);
  }
}
