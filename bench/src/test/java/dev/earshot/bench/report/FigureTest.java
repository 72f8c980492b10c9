package dev.earshot.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.report.Figure.Goal;
import dev.earshot.bench.report.Figure.Outcome;
import org.junit.jupiter.api.Test;

class FigureTest {

  private static final Figure HALF = Figure.of("batches", 50, "events/s").beside("raw", 100);

  @Test
  void aFigureIsAShareOfItsLimit() {
    assertEquals(0.5, HALF.ratio());
    assertTrue(Double.isNaN(Figure.of("batches", 50, "events/s").ratio()));
  }

  @Test
  void aGoalIsMetOrMissedAtItsBound() {
    assertEquals(Outcome.MET, HALF.aimedAt(new Goal.RatioAtLeast(0.5)).outcome());
    assertEquals(Outcome.MISSED, HALF.aimedAt(new Goal.RatioAtLeast(0.51)).outcome());
    assertEquals(Outcome.MET, HALF.aimedAt(new Goal.RatioAtMost(0.5)).outcome());
    assertEquals(Outcome.MISSED, HALF.aimedAt(new Goal.RatioAtMost(0.49)).outcome());
    assertEquals(Outcome.MET, HALF.aimedAt(new Goal.AtLeast(50)).outcome());
    assertEquals(Outcome.MISSED, HALF.aimedAt(new Goal.AtLeast(51)).outcome());
    assertEquals(Outcome.MET, HALF.aimedAt(new Goal.AtMost(50)).outcome());
    assertEquals(Outcome.MISSED, HALF.aimedAt(new Goal.AtMost(49)).outcome());
  }

  @Test
  void aFigureWithoutAGoalIsOnlyTold() {
    assertEquals(Outcome.TOLD, HALF.outcome());
  }

  @Test
  void whatCouldNotBeMeasuredMissesItsGoal() {
    var nothing = Figure.of("webhooks", Double.NaN, "ms");

    assertEquals(Outcome.MISSED, nothing.aimedAt(new Goal.AtMost(50)).outcome());
    assertEquals(Outcome.MISSED, nothing.aimedAt(new Goal.AtLeast(50)).outcome());
    assertEquals(Outcome.MISSED, nothing.aimedAt(new Goal.RatioAtLeast(0.1)).outcome());
    assertEquals(Outcome.MISSED, nothing.aimedAt(new Goal.RatioAtMost(2)).outcome());
  }
}
