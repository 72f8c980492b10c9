package dev.earshot.app;

import dev.earshot.channel.secret.SecretBox;
import dev.earshot.channel.webhook.Destination;
import dev.earshot.channel.webhook.DestinationSecrets;
import dev.earshot.channel.webhook.TargetGuard;
import dev.earshot.channel.webhook.TargetGuard.Verdict;
import dev.earshot.channel.webhook.WebhookSecret;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.definition.Problem;
import dev.earshot.event.Value.Fields;
import dev.earshot.portal.publishing.BodyCheck;
import dev.earshot.portal.publishing.Sealing;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at destinations before they are published: where they go, and that no secret is bare. */
final class DestinationDesk implements BodyCheck, Sealing {

  private static final Duration RESOLVE_WITHIN = Duration.ofSeconds(5);

  private final DestinationSecrets secrets;
  private final TargetGuard guard;
  private final SecureRandom random = new SecureRandom();

  DestinationDesk(SecretBox box, TargetGuard guard) {
    this.secrets = new DestinationSecrets(box);
    this.guard = guard;
  }

  @Override
  public Judgement judge(Definition draft) {
    List<Problem> problems = new ArrayList<>();
    var objection = Destination.read(draft.body(), problems).flatMap(this::objection);
    objection.ifPresent(problems::add);
    return new Judgement(problems, List.of());
  }

  @Override
  public Sealed seal(Definition draft, Fields previous) {
    if (draft.kind() != DefinitionKind.DESTINATION) {
      return new Sealed(draft.body(), Optional.empty());
    }
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

  /** A name without an address now may have one when a message goes out: then it is asked again. */
  private Optional<Problem> objection(Destination destination) {
    try {
      return guard.judge(destination.url(), RESOLVE_WITHIN) instanceof Verdict.Forbidden(var reason)
          ? Optional.of(
              new Problem("url", "an address that webhooks may go to", "forbidden: " + reason))
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new Problem("url", "time to look up its address", "the server ending"));
    }
  }
}
