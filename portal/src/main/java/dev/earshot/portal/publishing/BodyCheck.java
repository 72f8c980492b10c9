package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Definition;
import java.util.List;

/** Judges the bodies of one kind of definition. */
@FunctionalInterface
public interface BodyCheck {

  Judgement judge(Definition draft);

  /**
   * What is to be said of a body.
   *
   * @param faults what makes it unusable
   * @param warnings what its owner may want to know
   */
  record Judgement(List<Fault> faults, List<Fault> warnings) {

    public Judgement {
      faults = List.copyOf(faults);
      warnings = List.copyOf(warnings);
    }
  }
}
