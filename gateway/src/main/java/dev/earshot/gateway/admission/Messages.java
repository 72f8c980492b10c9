package dev.earshot.gateway.admission;

import dev.earshot.event.Properties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one request, with what their envelope says of them all.
 *
 * @param writeKey the key that stands in the body: the envelope's, else the first message's
 */
public record Messages(
    List<Message> messages,
    @Nullable String writeKey,
    @Nullable String sentAt,
    @Nullable Properties context) {

  public Messages {
    messages = List.copyOf(messages);
  }
}
