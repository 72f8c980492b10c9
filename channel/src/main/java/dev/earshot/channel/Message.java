package dev.earshot.channel;

import dev.earshot.channel.template.Content;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, rendered and ready to go out.
 *
 * @param content the texts of its template, {@link Content#EMPTY} when it has none
 * @param destination where it goes, absent for channels that know it from the message
 */
public record Message(Attempt attempt, Content content, @Nullable Definition destination) {

  public Delivery delivery() {
    return attempt.delivery();
  }
}
