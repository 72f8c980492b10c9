package dev.earshot.channel;

import dev.earshot.channel.Preparation.Prepared.Ready;
import dev.earshot.channel.Preparation.Prepared.Unready;
import dev.earshot.channel.Preparation.Target.Nowhere;
import dev.earshot.channel.Preparation.Target.Somewhere;
import dev.earshot.channel.template.Content;
import dev.earshot.channel.template.Template;
import dev.earshot.channel.template.Template.Filled;
import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.definition.Problem;
import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.Delivery;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Refused;
import dev.earshot.stream.DefinitionStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stage before an attempt, which is ours alone: finds the channel, the destination and the
 * template, and renders. What fails here says nothing about the other side. What is missing is
 * never refused: it may be defined in a minute, and the delivery is then as good as before.
 */
final class Preparation {

  /** The one delivery that goes nowhere a definition names. */
  private static final String EMAIL = "email";

  private static final int TEMPLATES_MAX = 1000;

  private final DefinitionStore definitions;
  private final Map<String, Channel> channels;
  private final MeterRegistry meters;
  private final Map<Version, Template> templates = new Recent<>(TEMPLATES_MAX);

  Preparation(DefinitionStore definitions, Map<String, Channel> channels, MeterRegistry meters) {
    this.definitions = definitions;
    this.channels = Map.copyOf(channels);
    this.meters = meters;
  }

  sealed interface Target {

    record Somewhere(Channel channel, @Nullable Definition destination) implements Target {}

    record Nowhere(Outcome outcome) implements Target {}
  }

  sealed interface Prepared {

    record Ready(Channel channel, Message message) implements Prepared {}

    record Unready(Outcome outcome) implements Prepared {}
  }

  /** Where it goes, as it is known now. */
  Target target(Delivery delivery) {
    var channel = channels.get(delivery.channel());
    if (channel == null) {
      return new Nowhere(
          Reasons.deferred("channel_missing", "there is no channel " + delivery.channel()));
    }
    if (delivery.channel().equals(EMAIL)) {
      return new Somewhere(channel, null);
    }
    var destination = latest(delivery, DefinitionKind.DESTINATION, delivery.destination());
    return destination.isPresent()
        ? new Somewhere(channel, destination.get())
        : new Nowhere(
            Reasons.deferred("destination_missing", "no destination " + delivery.destination()));
  }

  Prepared prepare(Attempt attempt) {
    return switch (target(attempt.delivery())) {
      case Somewhere(var channel, var destination) -> filled(channel, attempt, destination);
      case Nowhere(var outcome) -> new Unready(outcome);
    };
  }

  private Prepared filled(Channel channel, Attempt attempt, @Nullable Definition destination) {
    var delivery = attempt.delivery();
    if (delivery.template() == null) {
      return new Ready(channel, new Message(attempt, Content.EMPTY, destination));
    }
    var template = template(delivery, delivery.template());
    if (template.isEmpty()) {
      return new Unready(
          Reasons.deferred("template_missing", "no template " + delivery.template()));
    }
    return switch (template.get().render(delivery.data())) {
      case Filled.Ready(var content, var absent) -> {
        count(delivery, absent);
        yield new Ready(channel, new Message(attempt, content, destination));
      }
      case Filled.Broken(var reason) -> new Unready(new Refused(reason));
    };
  }

  private Optional<Template> template(Delivery delivery, String id) {
    var workspace = delivery.subject().workspace();
    var version =
        definitions
            .version(workspace, DefinitionKind.TEMPLATE, id, delivery.templateVersion())
            .or(() -> latest(delivery, DefinitionKind.TEMPLATE, id));
    return version.flatMap(this::compiled);
  }

  private Optional<Definition> latest(Delivery delivery, DefinitionKind kind, String id) {
    return definitions
        .latest(delivery.subject().workspace(), kind, id)
        .filter(definition -> !definition.retired());
  }

  private Optional<Template> compiled(Definition definition) {
    var key = new Version(definition.workspace(), definition.id(), definition.version());
    synchronized (templates) {
      var known = templates.get(key);
      if (known != null) {
        return Optional.of(known);
      }
    }
    List<Problem> problems = new ArrayList<>();
    var read = Template.read(definition.body(), problems);
    synchronized (templates) {
      read.ifPresent(template -> templates.put(key, template));
    }
    return read;
  }

  private void count(Delivery delivery, int absent) {
    if (absent > 0) {
      meters
          .counter(
              "earshot.template.absent",
              "workspace",
              delivery.subject().workspace(),
              "template",
              String.valueOf(delivery.template()))
          .increment(absent);
    }
  }

  private record Version(String workspace, String id, int version) {}

  /** The entries that were asked for last. */
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Recent(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }
}
