package dev.earshot.channel.webhook;

import dev.earshot.engine.definition.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The destinations as they are written to; each is read and opened once, as long as its definition
 * stays.
 */
final class Destinations {

  private final DestinationSecrets sealed;
  private final Map<Name, Latest> known = new ConcurrentHashMap<>();

  Destinations(DestinationSecrets sealed) {
    this.sealed = sealed;
  }

  /** What a definition came to. */
  sealed interface Reading {

    /** All that is secret in it is in the clear. */
    record Open(WebhookUrl url, Map<String, String> headers, List<WebhookSecret> secrets)
        implements Reading {

      public Open {
        headers = Map.copyOf(headers);
        secrets = List.copyOf(secrets);
      }
    }

    /** It is no destination of a webhook. */
    record Invalid() implements Reading {}

    /** It was sealed under another master key. */
    record Unreadable() implements Reading {}
  }

  private record Name(String workspace, String id) {}

  private record Latest(Definition definition, Reading reading) {}

  Reading read(Definition definition) {
    var name = new Name(definition.workspace(), definition.id());
    var latest = known.get(name);
    if (latest == null || !latest.definition().equals(definition)) {
      latest = new Latest(definition, reading(definition));
      known.put(name, latest);
    }
    return latest.reading();
  }

  private Reading reading(Definition definition) {
    return Destination.read(definition.body(), new ArrayList<>())
        .<Reading>map(destination -> opened(destination, definition))
        .orElseGet(Reading.Invalid::new);
  }

  private Reading opened(Destination destination, Definition definition) {
    var headers = new LinkedHashMap<String, String>();
    for (var header : destination.headers().entrySet()) {
      var value = sealed.open(header.getValue(), definition);
      if (value.isEmpty()) {
        return new Reading.Unreadable();
      }
      headers.put(header.getKey(), value.get());
    }
    var secrets =
        destination.secrets().stream()
            .map(text -> sealed.open(text, definition).flatMap(WebhookSecret::parse))
            .flatMap(Optional::stream)
            .toList();
    return secrets.size() == destination.secrets().size()
        ? new Reading.Open(destination.url(), headers, secrets)
        : new Reading.Unreadable();
  }
}
