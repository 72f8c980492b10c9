package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.definition.Problem;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Text;
import dev.earshot.portal.publishing.Draft.Name;
import dev.earshot.portal.publishing.References.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether what the journeys refer to will be there, and is of the right channel. */
final class CrossCheck {

  private final List<Draft> drafts;
  private final Map<Name, Fields> drafted;
  private final Function<Name, Optional<Definition>> published;

  /**
   * @param published the definitions that stand in no file and stay in force
   */
  CrossCheck(List<Draft> drafts, Function<Name, Optional<Definition>> published) {
    this.drafts = drafts;
    this.drafted = drafts.stream().collect(Collectors.toMap(Draft::name, Draft::body));
    this.published = published;
  }

  List<SourceFault> faults() {
    return drafts.stream()
        .filter(draft -> draft.kind() == DefinitionKind.JOURNEY)
        .flatMap(draft ->
            References.of(draft.body()).stream()
                .flatMap(reference -> problem(reference).stream())
                .map(problem -> draft.document().fault(problem)))
        .toList();
  }

  private Optional<Problem> problem(Reference reference) {
    var word = reference.name().kind().word();
    var target = body(reference.name());
    if (target.isEmpty()) {
      return Optional.of(
          new Problem(
              reference.path(),
              "a " + word + " of these files or one that is published",
              '"' + reference.name().id() + '"'));
    }
    if (target.get().get("channel") instanceof Text(var channel)
        && !reference.channel().isEmpty()
        && !channel.equals(reference.channel())) {
      return Optional.of(
          new Problem(
              reference.path(),
              "a " + word + " of channel " + reference.channel(),
              '"' + reference.name().id() + "\", which is of channel " + channel));
    }
    return Optional.empty();
  }

  private Optional<Fields> body(Name name) {
    return Optional.ofNullable(drafted.get(name))
        .or(() -> published.apply(name).map(Definition::body));
  }
}
