package dev.earshot.engine.journey;

import dev.earshot.event.EventJson;
import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Whole;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/** The JSON form of a {@link UserInput} in the log, known by its leading member {@code kind}. */
public final class UserInputJson {

  private static final String PASSED_ON = "passed-on";
  private static final String LINK = "link";
  private static final String MERGE = "merge";
  private static final String JOIN = "join";
  private static final String ACCOUNT = "account";

  /** The kinds of record that are the input of a subject. */
  public static final Set<String> KINDS =
      Set.of(EventJson.KIND, PASSED_ON, LINK, MERGE, JOIN, ACCOUNT);

  private static final byte[] KIND = "{\"kind\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = "{\"kind\":\"event\"".getBytes(StandardCharsets.US_ASCII);
  private static final int KIND_LENGTH_MAX = 32;

  private UserInputJson() {}

  /** The kind of a record that we wrote, without reading more of it; empty when there is none. */
  public static String kind(byte[] json) {
    if (!startsWith(json, KIND)) {
      return "";
    }
    int end = KIND.length;
    int last = Math.min(json.length, KIND.length + KIND_LENGTH_MAX);
    while (end < last && json[end] != '"') {
      end++;
    }
    return new String(json, KIND.length, end - KIND.length, StandardCharsets.US_ASCII);
  }

  public static byte[] write(UserInput input) {
    return switch (input) {
      case UserInput.Happened(var event) -> EventJson.write(event);
      case UserInput.PassedOn(var event, var subject, int hops) -> {
        var writer = opened(PASSED_ON, input.id(), subject).member("hops", hops).name("event");
        EventJson.write(event, writer);
        yield writer.close().bytes();
      }
      case UserInput.Linked(var id, var subject, var user) ->
          opened(LINK, id, subject).member("user", user.key()).close().bytes();
      case UserInput.Merged(var id, var subject, var from, var state) ->
          opened(MERGE, id, subject)
              .member("from", from.key())
              .member("state", Base64.getEncoder().encodeToString(UserStateCodec.write(state)))
              .close()
              .bytes();
      case UserInput.Joined(var id, var subject, var member, var traits) ->
          opened(JOIN, id, subject)
              .member("member", member.key())
              .name("traits")
              .value(traits)
              .close()
              .bytes();
      case UserInput.AccountChanged(var id, var subject, var account, var traits) ->
          opened(ACCOUNT, id, subject)
              .member("account", account.key())
              .name("traits")
              .value(traits)
              .close()
              .bytes();
    };
  }

  /** Reads what {@link #write} wrote; throws {@link Json.Malformed} for anything else. */
  public static UserInput read(byte[] json) {
    if (startsWith(json, EVENT)) {
      return new UserInput.Happened(EventJson.read(json));
    }
    return read(Json.ownFields(json));
  }

  private static UserInput read(Fields fields) {
    var kind = text(fields, "kind");
    return switch (kind) {
      case EventJson.KIND -> new UserInput.Happened(EventJson.read(Json.bytes(fields)));
      case PASSED_ON ->
          new UserInput.PassedOn(
              EventJson.read(Json.bytes(fields.get("event"))),
              subject(fields, "subject"),
              fields.get("hops") instanceof Whole(var hops) ? (int) hops : 1);
      case LINK ->
          new UserInput.Linked(
              text(fields, "id"), subject(fields, "subject"), subject(fields, "user"));
      case MERGE ->
          new UserInput.Merged(
              text(fields, "id"),
              subject(fields, "subject"),
              subject(fields, "from"),
              state(text(fields, "state")));
      case JOIN ->
          new UserInput.Joined(
              text(fields, "id"),
              subject(fields, "subject"),
              subject(fields, "member"),
              traits(fields));
      case ACCOUNT ->
          new UserInput.AccountChanged(
              text(fields, "id"),
              subject(fields, "subject"),
              subject(fields, "account"),
              traits(fields));
      default -> throw new Json.Malformed("no kind of input: " + kind);
    };
  }

  private static JsonWriter opened(String kind, String id, Subject subject) {
    return new JsonWriter(256)
        .open()
        .member("kind", kind)
        .member("id", id)
        .member("subject", subject.key());
  }

  private static String text(Fields fields, String name) {
    if (fields.get(name) instanceof Text(var text)) {
      return text;
    }
    throw new Json.Malformed("an input has a " + name);
  }

  private static Subject subject(Fields fields, String name) {
    var key = text(fields, name);
    return Subject.parse(key).orElseThrow(() -> new Json.Malformed("no subject: " + key));
  }

  private static Fields traits(Fields fields) {
    return fields.get("traits") instanceof Fields traits ? traits : Fields.EMPTY;
  }

  private static UserState state(String base64) {
    try {
      return UserStateCodec.read(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new Json.Malformed("the state of a merge is not base64");
    } catch (UserStateCodec.Unreadable e) {
      throw new Json.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private static boolean startsWith(byte[] json, byte[] prefix) {
    return json.length > prefix.length
        && Arrays.equals(json, 0, prefix.length, prefix, 0, prefix.length);
  }
}
