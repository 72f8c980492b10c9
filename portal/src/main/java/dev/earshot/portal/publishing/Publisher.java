package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.portal.publishing.Draft.Name;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes what is published equal to what a set of files says, or says why that cannot be. */
public final class Publisher {

  /** The kinds that come from files. */
  public static final List<DefinitionKind> KINDS =
      List.of(DefinitionKind.TEMPLATE, DefinitionKind.DESTINATION, DefinitionKind.JOURNEY);

  private final Publications publications;
  private final Map<DefinitionKind, BodyCheck> checks;
  private final Sealing sealing;
  private final InstantSource clock;

  /**
   * @param checks one for each of {@link #KINDS}
   */
  public Publisher(
      Publications publications,
      Map<DefinitionKind, BodyCheck> checks,
      Sealing sealing,
      InstantSource clock) {
    if (!checks.keySet().containsAll(KINDS)) {
      throw new IllegalArgumentException("a check is needed for each of " + KINDS);
    }
    this.publications = publications;
    this.checks = Map.copyOf(checks);
    this.sealing = sealing;
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
  sealed interface Result {

    /** The files cannot be applied; nothing was published. */
    record Faulty(List<SourceFault> faults) implements Result {}

    /**
     * @param applied false for a dry run
     */
    record Compared(boolean applied, List<Change> changes, List<SourceFault> warnings)
        implements Result {}
  }

  Result apply(Order order) {
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
    var steps =
        new Comparison(publications, sealing, order, clock.instant()).steps(reading.drafts());
    if (!order.dryRun()) {
      publications.publish(steps.stream().flatMap(step -> step.publication().stream()).toList());
    }
    var changes = steps.stream().map(Comparison.Step::change).toList();
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
}
