package dev.earshot.portal.log;

import dev.earshot.event.Json;
import dev.earshot.event.Subject;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.stream.LogReader.Entry;
import java.util.function.Predicate;

/** Which records of the log are meant. */
public final class Entries {

  private Entries() {}

  /** Those of one workspace; every key begins with it. */
  public static Predicate<Entry> of(String workspace) {
    var prefix = workspace + "|";
    return entry -> entry.key().startsWith(prefix);
  }

  /** Those that concern this user, visitor or account. */
  public static Predicate<Entry> about(String id) {
    return entry ->
        Subject.parse(entry.key()).filter(subject -> subject.id().equals(id)).isPresent();
  }

  /** Events and facts of this name. */
  public static Predicate<Entry> named(String name) {
    var wanted = Value.of(name);
    return entry -> {
      var value = value(entry);
      return value.get("name").equals(wanted) || value.at("event.name").equals(wanted);
    };
  }

  /** Those in which a member has this text. */
  public static Predicate<Entry> with(String member, String text) {
    var wanted = Value.of(text);
    return entry -> value(entry).get(member).equals(wanted);
  }

  /** The value of a record; nothing in it when it is not ours. */
  public static Fields value(Entry entry) {
    try {
      return Json.own(entry.json()) instanceof Fields fields ? fields : Fields.EMPTY;
    } catch (Json.Malformed e) {
      return Fields.EMPTY;
    }
  }
}
