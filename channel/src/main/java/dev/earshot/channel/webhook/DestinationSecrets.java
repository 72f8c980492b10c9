package dev.earshot.channel.webhook;

import dev.earshot.channel.secret.SecretBox;
import dev.earshot.engine.definition.Definition;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Seals what is secret in a destination before it is published: the secrets that sign, and the
 * values of its headers.
 */
public final class DestinationSecrets {

  private static final String SECRETS = "secrets";
  private static final String HEADERS = "headers";
  private static final Value MASK = Value.of("****");

  private final SecretBox box;

  public DestinationSecrets(SecretBox box) {
    this.box = box;
  }

  /**
   * A body fit to be published.
   *
   * @param generated the secret that was made because there was none, to be shown once
   */
  public record Sealed(Fields body, Optional<WebhookSecret> generated) {}

  /**
   * Seals a body that was read without problems. One without secrets keeps those of the version
   * before it, unless it goes to another host: a secret is not told to somebody new.
   *
   * @param previous the body of the version before, sealed, empty fields for none
   */
  public Sealed seal(
      String workspace,
      String id,
      Fields body,
      Fields previous,
      Supplier<WebhookSecret> generator) {
    var headers = changed(body, HEADERS, text -> seal(text, workspace, id));
    if (body.get(SECRETS) instanceof Items) {
      var sealed = changed(headers, SECRETS, text -> seal(text, workspace, id));
      return new Sealed(sealed, Optional.empty());
    }
    if (previous.get(SECRETS) instanceof Items kept && sameHost(body, previous)) {
      return new Sealed(headers.with(new Fields(Map.of(SECRETS, kept))), Optional.empty());
    }
    var secret = generator.get();
    var items = new Items(List.of(Value.of(seal(secret.reveal(), workspace, id))));
    return new Sealed(headers.with(new Fields(Map.of(SECRETS, items))), Optional.of(secret));
  }

  /** The body as people may see it. */
  public static Fields masked(Fields body) {
    return changed(changed(body, HEADERS, _ -> MASK.shown()), SECRETS, _ -> MASK.shown());
  }

  /** A text of a published definition in the clear; empty when it was sealed elsewhere. */
  Optional<String> open(String text, Definition definition) {
    return SecretBox.isSealed(text)
        ? box.open(text, context(definition.workspace(), definition.id()))
        : Optional.of(text);
  }

  private String seal(String text, String workspace, String id) {
    return SecretBox.isSealed(text) ? text : box.seal(text, context(workspace, id));
  }

  private static String context(String workspace, String id) {
    return "destination/" + workspace + '/' + id;
  }

  private static boolean sameHost(Fields body, Fields previous) {
    var host = host(body);
    return host.isPresent() && host.equals(host(previous));
  }

  private static Optional<String> host(Fields body) {
    return WebhookUrl.parse(body.get("url").shown()).map(WebhookUrl::host);
  }

  /** The body with all texts below one of its members changed. */
  private static Fields changed(Fields body, String member, UnaryOperator<String> change) {
    return switch (body.get(member)) {
      case Fields(var fields) -> {
        var changed = new LinkedHashMap<String, Value>();
        fields.forEach((name, value) -> changed.put(name, changed(value, change)));
        yield body.with(new Fields(Map.of(member, new Fields(changed))));
      }
      case Items(var items) ->
          body.with(
              new Fields(
                  Map.of(
                      member,
                      new Items(items.stream().map(item -> changed(item, change)).toList()))));
      default -> body;
    };
  }

  private static Value changed(Value value, UnaryOperator<String> change) {
    return value instanceof Text(var text) ? Value.of(change.apply(text)) : value;
  }
}
