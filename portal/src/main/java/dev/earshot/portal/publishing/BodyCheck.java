package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.Problem;
import dev.earshot.event.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Judges the definitions of one kind before they are published. */
@FunctionalInterface
public interface BodyCheck {

  Judgement judge(Definition draft);

  /**
   * What is to be said of a definition.
   *
   * @param problems what makes it unusable
   * @param warnings what its owner may want to know
   */
  record Judgement(List<Problem> problems, List<Problem> warnings) {

    public Judgement {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
    }
  }

  /** Judges by reading the body as those who use it do. The reader adds what is wrong. */
  static BodyCheck reading(BiConsumer<Fields, List<Problem>> reader) {
    return draft -> {
      List<Problem> problems = new ArrayList<>();
      reader.accept(draft.body(), problems);
      return new Judgement(problems, List.of());
    };
  }
}
