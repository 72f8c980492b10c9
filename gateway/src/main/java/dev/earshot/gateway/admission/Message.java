package dev.earshot.gateway.admission;

import dev.earshot.event.Properties;
import dev.earshot.gateway.admission.Admission.Refused;
import org.jspecify.annotations.Nullable;

/**
 * One message of a request as it was sent: the Segment message, onto which every other protocol is
 * mapped. Its objects are bytes that nobody has looked into.
 *
 * @param document the message itself
 * @param contextTraits the traits that RudderStack puts into the context
 * @param direct whether the context asks for the address of the connection
 * @param flaw what kept it from being read as a message, if anything did
 */
public record Message(
    Slice document,
    @Nullable String type,
    @Nullable String messageId,
    @Nullable String userId,
    @Nullable String anonymousId,
    @Nullable String event,
    @Nullable String name,
    @Nullable String category,
    @Nullable String groupId,
    @Nullable String previousId,
    @Nullable String timestamp,
    @Nullable String sentAt,
    @Nullable String writeKey,
    @Nullable Properties properties,
    @Nullable Properties traits,
    @Nullable Properties context,
    @Nullable Properties contextTraits,
    boolean direct,
    @Nullable Refused flaw) {

  /** Something that stands where a message should. */
  public static Message stray(Slice document, Refused flaw) {
    return new Message(
        document, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, false, flaw);
  }

  /** The id its sender gave, or one made of this receipt. */
  public String idOrDerived(Envelope envelope) {
    return messageId == null ? DerivedId.of(this, envelope) : messageId;
  }
}
