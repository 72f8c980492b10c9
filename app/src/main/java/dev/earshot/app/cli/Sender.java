package dev.earshot.app.cli;

import dev.earshot.event.EventType;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose event it is and when it happened, and how one call goes out. */
final class Sender {

  @Option(
      names = {"-u", "--user"},
      paramLabel = "ID",
      description = "The user whose event it is.")
  private @Nullable String user;

  @Option(
      names = {"-a", "--anonymous"},
      paramLabel = "ID",
      description = "The visitor whose event it is; with --user too, the two are linked.")
  private @Nullable String anonymous;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "When it happened, as in 2026-01-31T12:00:00Z. Default: now.")
  private @Nullable String at;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "The message id: the same id is the same event, however often it is sent. Default: a new"
              + " one.")
  private @Nullable String id;

  /** What is wrong with the options, or null. */
  @Nullable String flaw() {
    if (user == null && anonymous == null) {
      return "Whose event is it? Give --user ID or --anonymous ID.";
    }
    if (at != null && Times.parse(at).isEmpty()) {
      return "--at takes a time such as 2026-01-31T12:00:00Z, not " + at + ".";
    }
    return null;
  }

  /** Sends one call with these members besides the usual ones, and says what became of it. */
  void send(EventType type, Fields members, String what, Api api, Screen screen, boolean json) {
    var messageId = id == null ? UUID.randomUUID().toString() : id;
    var message = message(type, messageId).with(members);
    var answer = api.post("/v1/" + type.word() + "?strict=1", message);
    if (json) {
      screen.json(answer);
    } else {
      screen.line("Accepted: " + what + " of " + whose() + screen.ink().faint("  id " + messageId));
    }
  }

  private Fields message(EventType type, String messageId) {
    Map<String, Value> message = new LinkedHashMap<>();
    message.put("type", Value.of(type.word()));
    message.put("messageId", Value.of(messageId));
    put(message, "userId", user);
    put(message, "anonymousId", anonymous);
    put(message, "timestamp", at);
    return new Fields(message);
  }

  private String whose() {
    return user == null ? "the visitor " + anonymous : user;
  }

  private static void put(Map<String, Value> message, String name, @Nullable String value) {
    if (value != null) {
      message.put(name, Value.of(value));
    }
  }
}
