package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Value.Fields;
import dev.earshot.portal.publishing.Change.Action;
import dev.earshot.portal.publishing.Draft.Name;
import dev.earshot.portal.publishing.Publisher.Order;
import dev.earshot.portal.publishing.Sealing.Sealed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an order changes of what is published, and the versions that make the change. */
final class Comparison {

  private final Publications publications;
  private final Sealing sealing;
  private final Order order;
  private final Instant at;

  Comparison(Publications publications, Sealing sealing, Order order, Instant at) {
    this.publications = publications;
    this.sealing = sealing;
    this.order = order;
    this.at = at;
  }

  /** A change, and the version that has to be published for it, if any. */
  record Step(Change change, Optional<Definition> publication) {}

  /** Templates and destinations come before the journeys that name them. */
  List<Step> steps(List<Draft> drafts) {
    List<Step> steps = new ArrayList<>();
    for (var kind : Publisher.KINDS) {
      drafts.stream().filter(draft -> draft.kind() == kind).map(this::step).forEach(steps::add);
    }
    if (order.prune()) {
      var named = drafts.stream().map(Draft::name).collect(Collectors.toSet());
      for (var kind : Publisher.KINDS) {
        publications.store().current(order.workspace(), kind).stream()
            .filter(definition -> !named.contains(new Name(kind, definition.id())))
            .map(this::retirement)
            .forEach(steps::add);
      }
    }
    return steps;
  }

  private Step step(Draft draft) {
    var latest = publications.store().latest(order.workspace(), draft.kind(), draft.id());
    var current = latest.filter(definition -> !definition.retired());
    var old = current.map(Definition::body).orElse(Fields.EMPTY);
    int from = current.map(Definition::version).orElse(0);
    int next = latest.map(Definition::version).orElse(0) + 1;
    var definition = draft.version(order.workspace(), next, at, order.by());
    var sealed = seal(definition, old);
    if (from > 0 && old.equals(sealed.body())) {
      return new Step(Change.of(draft.name(), from, from, Action.UNCHANGED, ""), Optional.empty());
    }
    var change =
        Change.of(
            draft.name(),
            from,
            next,
            from == 0 ? Action.CREATE : Action.UPDATE,
            diff(draft.name(), from, old, next, sealed.body()));
    // What a dry run generates is thrown away, so it is not shown either.
    var secret = order.dryRun() ? Optional.<String>empty() : sealed.generated();
    return new Step(change.withSecret(secret), Optional.of(published(definition, sealed.body())));
  }

  private static Definition published(Definition draft, Fields body) {
    return new Definition(
        draft.workspace(),
        draft.kind(),
        draft.id(),
        draft.version(),
        body,
        false,
        draft.publishedAt(),
        draft.publishedBy());
  }

  private Sealed seal(Definition definition, Fields old) {
    return definition.kind() == DefinitionKind.DESTINATION
        ? sealing.seal(definition, old)
        : new Sealed(definition.body(), Optional.empty());
  }

  private Step retirement(Definition current) {
    int from = current.version();
    var name = new Name(current.kind(), current.id());
    var diff = diff(name, from, current.body(), from + 1, Fields.EMPTY);
    return new Step(
        Change.of(name, from, from + 1, Action.RETIRE, diff),
        Optional.of(publications.retired(current, at, order.by())));
  }

  private String diff(Name name, int from, Fields old, int to, Fields now) {
    var label = name.kind().word() + "/" + name.id();
    return CanonicalText.diff(
        version(label, from, old), shown(name, old), version(label, to, now), shown(name, now));
  }

  private Fields shown(Name name, Fields body) {
    return name.kind() == DefinitionKind.DESTINATION ? sealing.masked(body) : body;
  }

  private static String version(String label, int version, Fields body) {
    return body.fields().isEmpty() ? "/dev/null" : label + " v" + version;
  }
}
