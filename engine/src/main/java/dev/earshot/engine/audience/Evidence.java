package dev.earshot.engine.audience;

import dev.earshot.engine.audience.Condition.Did;
import dev.earshot.engine.audience.Condition.NotSince;
import dev.earshot.event.Value;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The answer to a condition, and what it rests on: kept as it was found, and put into words when
 * somebody asks, because most answers are never read.
 */
public sealed interface Evidence {

  boolean passed();

  /**
   * A value that was compared.
   *
   * @param source where it was looked up: {@code trait}
   */
  record Compared(boolean passed, String source, String path, Value actual, Comparison comparison)
      implements Evidence {

    String what() {
      return source + ' ' + path;
    }
  }

  /**
   * A count that was held against a number.
   *
   * @param startMillis the last moment that is not within the window any more
   */
  record Counted(boolean passed, Did asked, Metric metric, long count, long startMillis)
      implements Evidence {}

  /** How often the event happened that was to be the first. */
  record FirstEver(String event, Metric metric) implements Evidence {
    @Override
    public boolean passed() {
      return metric.count() == 1;
    }
  }

  /**
   * How long nothing happened.
   *
   * @param lastMillis when it last did, {@link Long#MIN_VALUE} for never
   */
  record Quiet(boolean passed, NotSince asked, long lastMillis, long atMillis)
      implements Evidence {}

  /** The contrary was asked. */
  record Opposite(Evidence inner) implements Evidence {
    @Override
    public boolean passed() {
      return !inner.passed();
    }
  }

  /** Several answers, of which the last alone decided. */
  record Decisive(List<Evidence> answers) implements Evidence {
    public Decisive {
      answers = List.copyOf(answers);
    }

    @Override
    public boolean passed() {
      return answers.getLast().passed();
    }
  }

  /** Several answers, all yes or all no. */
  record Unanimous(boolean passed, List<Evidence> answers) implements Evidence {
    public Unanimous {
      answers = List.copyOf(answers);
    }
  }

  /** One sentence for a person. */
  default String explanation() {
    return Explanation.of(this);
  }

  /** Shows the values that were looked at, each under a name of its own. */
  default void show(BiConsumer<String, Value> viewer) {
    Explanation.show(this, viewer);
  }
}
