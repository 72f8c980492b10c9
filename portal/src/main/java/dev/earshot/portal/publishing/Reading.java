package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.definition.Problem;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Nothing;
import dev.earshot.event.Value.Text;
import dev.earshot.portal.publishing.Draft.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The drafts that stand in a set of files, and what kept others from being drafts. */
record Reading(List<Draft> drafts, List<SourceFault> faults) {

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final String KINDS = "one of template, destination, journey";

  static Reading of(List<SourceFile> files) {
    var reader = new Reader();
    files.forEach(reader::read);
    if (reader.drafts.isEmpty() && reader.faults.isEmpty()) {
      var file = files.isEmpty() ? "" : files.getFirst().path();
      reader.faults.add(
          new SourceFault(
              file, 1, 1, "", "a definition", "none", "There is no definition in these files."));
    }
    return new Reading(List.copyOf(reader.drafts), List.copyOf(reader.faults));
  }

  private static final class Reader {
    private final List<Draft> drafts = new ArrayList<>();
    private final List<SourceFault> faults = new ArrayList<>();
    private final Map<Name, Document> first = new HashMap<>();

    void read(SourceFile file) {
      try {
        YamlReader.read(file).forEach(this::read);
      } catch (YamlReader.Unreadable e) {
        faults.add(e.fault());
      }
    }

    private void read(Document document) {
      var kind = kind(document);
      var id = id(document);
      if (kind.isEmpty() || id.isEmpty()) {
        return;
      }
      var draft = new Draft(document, kind.get(), id.get());
      var other = first.putIfAbsent(draft.name(), document);
      if (other == null) {
        drafts.add(draft);
      } else {
        faults.add(twice(draft, other));
      }
    }

    private Optional<DefinitionKind> kind(Document document) {
      var value = document.fields().get(Draft.KIND);
      var kind = DefinitionKind.of(value.shown()).filter(Publisher.KINDS::contains);
      if (kind.isEmpty()) {
        faults.add(document.fault(new Problem(Draft.KIND, KINDS, found(value))));
      }
      return kind;
    }

    private Optional<String> id(Document document) {
      var value = document.fields().get(Draft.ID);
      if (value instanceof Text(var text) && ID.matcher(text).matches()) {
        return Optional.of(text);
      }
      faults.add(
          document.fault(
              new Problem(
                  Draft.ID, "1 to 64 of the characters a-z, 0-9 and hyphen", found(value))));
      return Optional.empty();
    }

    private static SourceFault twice(Draft draft, Document other) {
      var name = draft.kind().word() + " " + draft.id();
      var place = other.root().find(Draft.ID);
      return draft
          .document()
          .fault(
              new Problem(Draft.ID, "each definition once", draft.id()),
              "The " + name + " stands in " + other.file() + ":" + place.line() + " already.");
    }

    private static String found(Value value) {
      return switch (value) {
        case Nothing _ -> "nothing";
        case Value.Items _ -> "a list";
        case Value.Fields _ -> "an object";
        default -> '"' + value.shown() + '"';
      };
    }
  }
}
