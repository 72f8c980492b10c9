package dev.earshot.engine.journey;

import dev.earshot.engine.journey.Decision.Gate;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Truth;
import java.util.Map;

/** Whether a user wants mail, which is a trait like others: anybody may set it, and unset it. */
final class Subscription {

  /** The field's own word for it. */
  static final String TRAIT = "unsubscribed";

  private static final String MAIL = "email";
  private static final String NAME = "subscription";
  private static final Gate SUBSCRIBED = new Gate(NAME, true, Reason.told("not unsubscribed"));

  private Subscription() {}

  /** Whether the user is asked before something goes out this way. */
  static boolean concerns(String channel) {
    return channel.equals(MAIL);
  }

  static Gate gate(Person person) {
    var said = person.profile().traits().at(TRAIT);
    return isYes(said)
        ? new Gate(NAME, false, "unsubscribed", new Fields(Map.of(TRAIT, said)))
        : SUBSCRIBED;
  }

  /** A list that was imported says it in letters. */
  private static boolean isYes(Value said) {
    return switch (said) {
      case Truth(var truth) -> truth;
      case Text(var text) -> text.strip().equalsIgnoreCase("true");
      default -> false;
    };
  }
}
