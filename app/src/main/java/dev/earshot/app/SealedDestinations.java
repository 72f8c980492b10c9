package dev.earshot.app;

import dev.earshot.channel.webhook.DestinationSecrets;
import dev.earshot.channel.webhook.WebhookSecret;
import dev.earshot.engine.definition.Definition;
import dev.earshot.event.Value.Fields;
import dev.earshot.portal.publishing.Sealing;
import java.security.SecureRandom;

/** What is secret in destinations, sealed by the channel that will use it. */
record SealedDestinations(DestinationSecrets secrets, SecureRandom random) implements Sealing {

  @Override
  public Sealed seal(Definition draft, Fields previous) {
    var sealed =
        secrets.seal(
            draft.workspace(),
            draft.id(),
            draft.body(),
            previous,
            () -> WebhookSecret.generate(random));
    return new Sealed(sealed.body(), sealed.generated().map(WebhookSecret::reveal));
  }

  @Override
  public Fields masked(Fields body) {
    return DestinationSecrets.masked(body);
  }
}
