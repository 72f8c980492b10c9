package dev.earshot.gateway.admission;

import dev.earshot.event.Event;
import dev.earshot.event.JsonScanner.Breach;
import java.util.List;

/** What became of one message at the gate. */
public sealed interface Admission {

  /**
   * It is a fact now.
   *
   * @param dedupe whether the caller gave an id, so that the same message sent again is known
   * @param warnings what of it was not believed: {@code ts_clamped}, {@code visitor_only}
   */
  record Admitted(Event event, boolean dedupe, List<String> warnings) implements Admission {

    public Admitted {
      warnings = List.copyOf(warnings);
    }
  }

  /** It is no fact, and the answer says why. */
  sealed interface Refused extends Admission {

    /** The stable name of the reason: {@code track_without_event}. */
    String code();

    /** One sentence for a person, without a word of the message itself. */
    String reason();
  }

  /** It can be stored and not be used: it is kept whole, to be driven in again. */
  record Quarantined(String code, String reason) implements Refused {

    /** Of something that stands where an event should. */
    public static Quarantined notAnObject() {
      return new Quarantined("not_an_object", "an event is to be a JSON object");
    }
  }

  /** It can never be stored. */
  record Rejected(String code, String reason) implements Refused {

    /** Of an event that is JSON and passes a limit of ours. */
    public static Rejected of(Breach breach) {
      var code =
          switch (breach) {
            case TOO_DEEP -> "too_deep";
            case LONG_TEXT, LONG_NAME, LONG_NUMBER -> "too_long";
            case NAME_TWICE -> "name_twice";
            case LARGE_NUMBER -> "number_out_of_range";
          };
      return new Rejected(code, breach.sentence());
    }
  }
}
