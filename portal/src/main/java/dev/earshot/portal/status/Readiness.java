package dev.earshot.portal.status;

import java.util.OptionalInt;

/** Whether the node serves. */
public sealed interface Readiness {

  record Ready() implements Readiness {}

  /**
   * @param reason in a few words: {@code restoring}, {@code the log takes no writes}
   * @param percent how far it is, where that is known
   */
  record NotReady(String reason, OptionalInt percent) implements Readiness {}

  default boolean ready() {
    return this instanceof Ready;
  }

  /** In words for a person: {@code ready}, {@code restoring 43 %}. */
  default String words() {
    return switch (this) {
      case Ready() -> "ready";
      case NotReady(var reason, var percent) ->
          percent.isPresent() ? reason + " " + percent.getAsInt() + " %" : reason;
    };
  }
}
