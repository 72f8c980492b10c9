package dev.earshot.gateway.collect;

import dev.earshot.event.Origin;
import dev.earshot.gateway.admission.Messages;
import dev.earshot.gateway.request.Exchange;

/**
 * A way in for events: how its bodies are read, and how it answers.
 *
 * @param origin of its events; those of the past take an admin key
 * @param acceptedStatus the answer when all went well
 * @param talks whether that answer has a body
 */
public record Endpoint(
    Reading reading, Origin origin, int eventBytesMax, int acceptedStatus, boolean talks) {

  /** Finds the messages in a body; throws {@link dev.earshot.event.Json.Malformed}. */
  @FunctionalInterface
  public interface Reading {
    Messages read(Exchange exchange, byte[] body);
  }
}
