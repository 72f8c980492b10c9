package dev.earshot.portal.publishing;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads the documents of a YAML or JSON file as plain values. It makes no objects: tags are
 * refused, names stand once, and an alias counts as often as it is used, so that a short file
 * cannot become a huge value.
 */
final class YamlReader {

  static final int VALUES_MAX = 10_000;
  static final int DEPTH_MAX = 50;
  static final int DOCUMENTS_MAX = 200;

  private static final ScalarResolver SCALARS = new CoreSchema().getScalarResolver();

  private final String file;
  private final Iterator<Event> events;
  private final Map<Anchor, Located> anchors = new HashMap<>();
  private int values;

  private YamlReader(SourceFile source) {
    var settings =
        LoadSettings.builder()
            .setLabel(source.path())
            .setUseMarks(true)
            .setCodePointLimit(Math.max(1, source.text().length()))
            .build();
    file = source.path();
    events = new Parse(settings).parseString(source.text()).iterator();
  }

  /** A file that cannot be read as values. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SourceFault fault;

    Unreadable(SourceFault fault) {
      super(fault.detail());
      this.fault = fault;
    }

    SourceFault fault() {
      return fault;
    }
  }

  static List<Document> read(SourceFile source) throws Unreadable {
    var reader = new YamlReader(source);
    try {
      return reader.documents();
    } catch (MarkedYamlEngineException e) {
      var mark = e.getProblemMark().or(e::getContextMark);
      throw reader.unreadable(place(mark), "YAML", "a syntax error", sentence(e.getProblem()));
    } catch (YamlEngineException e) {
      throw reader.unreadable(Place.START, "YAML", "an unusable file", "The file is not YAML.");
    }
  }

  private List<Document> documents() throws Unreadable {
    List<Document> documents = new ArrayList<>();
    while (events.hasNext()) {
      var event = events.next();
      if (event instanceof NodeEvent node) {
        anchors.clear();
        var root = value(node, 0);
        switch (root.value()) {
          case Fields fields -> documents.add(new Document(file, fields, root));
          case Nothing _ -> {}
          default ->
              throw unreadable(
                  root.place(), "a definition", shown(root.value()), "A definition is an object.");
        }
      }
      if (documents.size() > DOCUMENTS_MAX) {
        throw tooMuch(place(event.getStartMark()), DOCUMENTS_MAX + " documents");
      }
    }
    return documents;
  }

  private Located value(NodeEvent event, int depth) throws Unreadable {
    var place = place(event.getStartMark());
    if (depth > DEPTH_MAX) {
      throw tooMuch(place, DEPTH_MAX + " levels");
    }
    var located =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar, place);
          case MappingStartEvent mapping -> mapping(mapping, place, depth);
          case SequenceStartEvent sequence -> sequence(sequence, place, depth);
          case AliasEvent alias -> alias(alias, place);
          default -> throw new IllegalStateException("not a value: " + event.getEventId());
        };
    if (!(event instanceof AliasEvent)) {
      event.getAnchor().ifPresent(anchor -> anchors.put(anchor, located));
    }
    return located;
  }

  private Located mapping(MappingStartEvent start, Place place, int depth) throws Unreadable {
    refuseTag(start.getTag(), place);
    count(1, place);
    int before = values;
    Map<String, Located> members = new LinkedHashMap<>();
    for (var key = events.next(); !(key instanceof MappingEndEvent); key = events.next()) {
      var keyPlace = place(key.getStartMark());
      var name = name(key, keyPlace);
      var member = value((NodeEvent) events.next(), depth + 1);
      boolean leaf = member.members().isEmpty() && member.items().isEmpty();
      if (members.put(name, leaf ? member : member.at(keyPlace)) != null) {
        throw unreadable(
            keyPlace, "each name once", name, "The name \"" + name + "\" stands here twice.");
      }
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    members.forEach((name, member) -> fields.put(name, member.value()));
    return new Located(new Fields(fields), place, members, List.of(), values - before + 1);
  }

  private Located sequence(SequenceStartEvent start, Place place, int depth) throws Unreadable {
    refuseTag(start.getTag(), place);
    count(1, place);
    int before = values;
    List<Located> items = new ArrayList<>();
    for (var item = events.next(); !(item instanceof SequenceEndEvent); item = events.next()) {
      items.add(value((NodeEvent) item, depth + 1));
    }
    var list = new Items(items.stream().map(Located::value).toList());
    return new Located(list, place, Map.of(), items, values - before + 1);
  }

  private Located alias(AliasEvent alias, Place place) throws Unreadable {
    var meant = anchors.get(alias.getAlias());
    if (meant == null) {
      throw unreadable(
          place,
          "an anchor that ends before",
          "*" + alias.getAlias(),
          "The alias *" + alias.getAlias() + " has no anchor before it.");
    }
    count(meant.size(), place);
    return meant.at(place);
  }

  private Located scalar(ScalarEvent scalar, Place place) throws Unreadable {
    refuseTag(scalar.getTag(), place);
    count(1, place);
    var text = scalar.getValue();
    var value = scalar.isPlain() ? plain(text, place) : Value.of(text);
    return new Located(value, place, Map.of(), List.of(), 1);
  }

  private Value plain(String text, Place place) throws Unreadable {
    var tag = SCALARS.resolve(text, true);
    if (tag.equals(Tag.NULL)) {
      return Nothing.NOTHING;
    }
    if (tag.equals(Tag.BOOL)) {
      return Value.of(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(text, place);
    }
    return Value.of(text);
  }

  private Value number(String text, Place place) throws Unreadable {
    try {
      return Value.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return decimal(text, place);
    }
  }

  private Value decimal(String text, Place place) throws Unreadable {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return Value.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below: YAML's own notations, such as 0x1F, are no numbers of JSON.
    }
    throw unreadable(
        place, "a decimal number", text, "The number " + text + " cannot be written in JSON.");
  }

  private String name(Event key, Place place) throws Unreadable {
    if (key instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), place);
      return scalar.getValue();
    }
    throw unreadable(place, "a name", "a value", "The names of an object are plain texts.");
  }

  private void refuseTag(Optional<String> tag, Place place) throws Unreadable {
    if (tag.isPresent()) {
      throw unreadable(
          place, "a value without a tag", tag.get(), "Tags such as " + tag.get() + " are refused.");
    }
  }

  private void count(int more, Place place) throws Unreadable {
    values += more;
    if (values > VALUES_MAX) {
      throw tooMuch(place, VALUES_MAX + " values, aliases counted as often as they are used");
    }
  }

  private Unreadable tooMuch(Place place, String limit) {
    return unreadable(place, "at most " + limit, "more", "A file may have " + limit + ".");
  }

  private Unreadable unreadable(Place place, String expected, String found, String detail) {
    return new Unreadable(
        new SourceFault(file, place.line(), place.column(), "", expected, found, detail));
  }

  private static Place place(Optional<Mark> mark) {
    return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(Place.START);
  }

  private static String sentence(String problem) {
    return problem.isEmpty()
        ? "The file is not YAML."
        : Character.toUpperCase(problem.charAt(0)) + problem.substring(1) + ".";
  }

  private static String shown(Value value) {
    return value instanceof Items ? "a list" : '"' + value.shown() + '"';
  }
}
