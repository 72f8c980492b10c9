package dev.earshot.gateway.admission;

import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Properties;
import dev.earshot.event.Value.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Changes to an object that is kept as bytes. */
final class Splice {

  /** A member to be added where the object has none of that name. */
  record Member(String name, @Nullable String text) {}

  private Splice() {}

  /** The object with those of the members in front that it does not have. */
  static Properties adding(Properties object, Member... members) {
    var missing = new ArrayList<Member>();
    var present = names(object);
    for (var member : members) {
      if (member.text() != null && !present.contains(member.name())) {
        missing.add(member);
      }
    }
    return missing.isEmpty() ? object : with(object, missing);
  }

  /** The object without the member. */
  static Properties without(Properties object, String name) {
    var fields = new LinkedHashMap<>(object.fields().fields());
    fields.remove(name);
    return Properties.of(new Fields(fields));
  }

  /** Both objects in one, object by object; where they disagree, {@code upper} is right. */
  static Properties merge(Properties lower, Properties upper) {
    return Properties.of(merge(lower.fields(), upper.fields()));
  }

  private static Fields merge(Fields lower, Fields upper) {
    var merged = new LinkedHashMap<>(lower.fields());
    upper
        .fields()
        .forEach((name, value) -> {
          boolean both = value instanceof Fields && merged.get(name) instanceof Fields;
          merged.put(name, both ? merge((Fields) lower.get(name), (Fields) value) : value);
        });
    return new Fields(merged);
  }

  private static Set<String> names(Properties object) {
    var names = new HashSet<String>();
    try (var parser = Json.parser(object.json())) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        names.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return names;
  }

  private static Properties with(Properties object, List<Member> members) {
    var writer = new JsonWriter(object.json().length + 64 * members.size()).open();
    for (var member : members) {
      writer.member(member.name(), member.text());
    }
    var head = writer.bytes();
    var rest = object.json();
    var whole = new byte[head.length + rest.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(rest, 1, whole, head.length + 1, rest.length - 1);
    // An empty object has no member that a comma would stand before; spaces may stand in it.
    whole[head.length] = (byte) (isEmpty(rest) ? ' ' : ',');
    return Properties.of(whole);
  }

  private static boolean isEmpty(byte[] object) {
    int at = 1;
    while (object[at] == ' ' || object[at] == '\n' || object[at] == '\r' || object[at] == '\t') {
      at++;
    }
    return object[at] == '}';
  }
}
