package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.journey.JourneyReader;
import dev.earshot.engine.journey.JourneyReader.Reading;
import java.util.List;

/** Judges a journey by reading it as the engine will. */
public final class JourneyCheck implements BodyCheck {

  @Override
  public Judgement judge(Definition draft) {
    return switch (JourneyReader.read(draft)) {
      case Reading.Valid _ -> new Judgement(List.of(), List.of());
      case Reading.Invalid(var problems) -> new Judgement(problems, List.of());
    };
  }
}
