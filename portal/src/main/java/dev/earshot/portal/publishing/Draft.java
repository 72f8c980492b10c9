package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A document that says which definition it is of. */
record Draft(Document document, DefinitionKind kind, String id) {

  static final String KIND = "kind";
  static final String ID = "id";

  /** The document without the members that name the definition. */
  Fields body() {
    Map<String, Value> body = new LinkedHashMap<>(document.fields().fields());
    body.remove(KIND);
    body.remove(ID);
    return new Fields(body);
  }

  /** What would be published of it. */
  Definition version(String workspace, int version, Instant at, String by) {
    return new Definition(workspace, kind, id, version, body(), false, at, by);
  }

  Name name() {
    return new Name(kind, id);
  }

  /** By which a definition is known within its workspace. */
  record Name(DefinitionKind kind, String id) {}
}
