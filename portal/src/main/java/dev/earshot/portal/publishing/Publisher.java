package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Value.Fields;
import dev.earshot.portal.publishing.Change.Action;
import dev.earshot.portal.publishing.Draft.Name;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes what is published equal to what a set of files says, or says why that cannot be. */
public final class Publisher {

  /** The kinds that come from files. */
  public static final List<DefinitionKind> KINDS =
      List.of(DefinitionKind.TEMPLATE, DefinitionKind.DESTINATION, DefinitionKind.JOURNEY);

  private final Publications publications;
  private final Map<DefinitionKind, BodyCheck> checks;
  private final InstantSource clock;

  /**
   * @param checks one for each of {@link #KINDS}
   */
  public Publisher(
      Publications publications, Map<DefinitionKind, BodyCheck> checks, InstantSource clock) {
    if (!checks.keySet().containsAll(KINDS)) {
      throw new IllegalArgumentException("a check is needed for each of " + KINDS);
    }
    this.publications = publications;
    this.checks = Map.copyOf(checks);
    this.clock = clock;
  }

  /**
   * What is to be applied.
   *
   * @param by who asks for it
   * @param prune whether definitions that stand in no file are retired
   * @param dryRun whether nothing is published, only compared
   */
  public record Order(
      String workspace, String by, List<SourceFile> files, boolean prune, boolean dryRun) {

    public Order {
      files = List.copyOf(files);
    }
  }

  /** What came of an order. */
  public sealed interface Result {

    /** The files cannot be applied; nothing was published. */
    record Faulty(List<SourceFault> faults) implements Result {}

    /**
     * @param applied false for a dry run
     */
    record Compared(boolean applied, List<Change> changes, List<SourceFault> warnings)
        implements Result {}
  }

  public Result apply(Order order) {
    return publications.alone(() -> applyAlone(order));
  }

  private Result applyAlone(Order order) {
    var reading = Reading.of(order.files());
    var faults = new ArrayList<>(reading.faults());
    var warnings = new ArrayList<SourceFault>();
    for (var draft : reading.drafts()) {
      judge(order, draft, faults, warnings);
    }
    faults.addAll(new CrossCheck(reading.drafts(), name -> kept(order, name)).faults());
    if (!faults.isEmpty()) {
      return new Result.Faulty(faults);
    }
    var steps = compare(order, reading.drafts());
    if (!order.dryRun()) {
      publications.publish(steps.stream().flatMap(step -> step.publication().stream()).toList());
    }
    var changes = steps.stream().map(PlannedChange::change).toList();
    return new Result.Compared(!order.dryRun(), changes, warnings);
  }

  private void judge(
      Order order, Draft draft, List<SourceFault> faults, List<SourceFault> warnings) {
    var check = checks.get(draft.kind());
    if (check == null) {
      throw new IllegalStateException("no check for " + draft.kind());
    }
    var judgement = check.judge(draft.version(order.workspace(), 1, clock.instant(), order.by()));
    judgement.problems().forEach(problem -> faults.add(draft.document().fault(problem)));
    judgement.warnings().forEach(problem -> warnings.add(draft.document().fault(problem)));
  }

  /** A definition that is published now and will still be there afterwards. */
  private Optional<Definition> kept(Order order, Name name) {
    return order.prune() ? Optional.empty() : current(order.workspace(), name);
  }

  private Optional<Definition> current(String workspace, Name name) {
    return publications
        .store()
        .latest(workspace, name.kind(), name.id())
        .filter(definition -> !definition.retired());
  }

  /** A change, and the version that has to be published for it, if any. */
  private record PlannedChange(Change change, Optional<Definition> publication) {}

  private List<PlannedChange> compare(Order order, List<Draft> drafts) {
    var at = clock.instant();
    List<PlannedChange> steps = new ArrayList<>();
    for (var kind : KINDS) {
      drafts.stream()
          .filter(draft -> draft.kind() == kind)
          .forEach(draft -> steps.add(compare(order, draft, at)));
    }
    if (order.prune()) {
      var named = drafts.stream().map(Draft::name).collect(Collectors.toSet());
      KINDS.forEach(kind -> steps.addAll(retire(order, kind, named, at)));
    }
    return steps;
  }

  private PlannedChange compare(Order order, Draft draft, Instant at) {
    var latest = publications.store().latest(order.workspace(), draft.kind(), draft.id());
    var current = latest.filter(definition -> !definition.retired());
    if (current.isPresent() && current.get().body().equals(draft.body())) {
      int version = current.get().version();
      return new PlannedChange(
          new Change(draft.kind(), draft.id(), version, version, Action.UNCHANGED, ""),
          Optional.empty());
    }
    int from = current.map(Definition::version).orElse(0);
    int to = latest.map(Definition::version).orElse(0) + 1;
    var old = current.map(Definition::body).orElse(Fields.EMPTY);
    var change =
        new Change(
            draft.kind(),
            draft.id(),
            from,
            to,
            from == 0 ? Action.CREATE : Action.UPDATE,
            diff(draft.name(), from, old, to, draft.body()));
    var publication = draft.version(order.workspace(), to, at, order.by());
    return new PlannedChange(change, Optional.of(publication));
  }

  private List<PlannedChange> retire(
      Order order, DefinitionKind kind, Set<Name> named, Instant at) {
    return publications.store().current(order.workspace(), kind).stream()
        .filter(definition -> !named.contains(new Name(kind, definition.id())))
        .map(definition -> retire(order, definition, at))
        .toList();
  }

  private PlannedChange retire(Order order, Definition current, Instant at) {
    int from = current.version();
    var name = new Name(current.kind(), current.id());
    var diff = diff(name, from, current.body(), from + 1, Fields.EMPTY);
    return new PlannedChange(
        new Change(current.kind(), current.id(), from, from + 1, Action.RETIRE, diff),
        Optional.of(publications.retired(current, at, order.by())));
  }

  private static String diff(Name name, int from, Fields old, int to, Fields now) {
    var label = name.kind().word() + "/" + name.id();
    return CanonicalText.diff(version(label, from, old), old, version(label, to, now), now);
  }

  private static String version(String label, int version, Fields body) {
    return body.fields().isEmpty() ? "/dev/null" : label + " v" + version;
  }
}
