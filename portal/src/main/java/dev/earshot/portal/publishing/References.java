package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Text;
import dev.earshot.portal.publishing.Draft.Name;
import java.util.ArrayList;
import java.util.List;

/** What the messages of a journey refer to: their templates and destinations. */
final class References {

  private final List<Reference> found = new ArrayList<>();

  private References() {}

  /**
   * One definition named by another.
   *
   * @param channel of the message that names it; what it names must be of the same channel
   */
  record Reference(String path, Name name, String channel) {}

  static List<Reference> of(Fields journey) {
    var references = new References();
    references.steps("steps", journey.get("steps"));
    return references.found;
  }

  private void steps(String path, Value steps) {
    if (!(steps instanceof Items(var items))) {
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Fields step) {
        step(path + "[" + i + "]", step);
      }
    }
  }

  private void step(String path, Fields step) {
    if (step.get("send") instanceof Fields send) {
      var channel = send.get("channel").shown();
      refer(path + ".send.template", DefinitionKind.TEMPLATE, send.get("template"), channel);
      refer(
          path + ".send.destination", DefinitionKind.DESTINATION, send.get("destination"), channel);
    }
    steps(path + ".then", step.get("then"));
    steps(path + ".otherwise", step.get("otherwise"));
    if (step.get("branch") instanceof Fields branch) {
      steps(path + ".branch.then", branch.get("then"));
      steps(path + ".branch.else", branch.get("else"));
    }
  }

  private void refer(String path, DefinitionKind kind, Value id, String channel) {
    if (id instanceof Text(var text)) {
      found.add(new Reference(path, new Name(kind, text), channel));
    }
  }
}
