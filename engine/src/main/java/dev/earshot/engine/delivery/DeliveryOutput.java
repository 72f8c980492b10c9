package dev.earshot.engine.delivery;

import dev.earshot.event.Event;

/** What a delivery asks of the world. */
public sealed interface DeliveryOutput {

  /** Work for the channel. */
  record Try(Attempt attempt) implements DeliveryOutput {}

  /**
   * What became of the message, told to its user as an event like any other, of origin {@link
   * dev.earshot.event.Origin#EARSHOT}: a journey can wait for it.
   */
  record Tell(Event event) implements DeliveryOutput {}
}
