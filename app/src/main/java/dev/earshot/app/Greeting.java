package dev.earshot.app;

import dev.earshot.app.configuration.Configuration;
import dev.earshot.app.configuration.Role;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person needs to know when the server is up, as it is printed. */
record Greeting(Configuration configuration, URI url, Optional<String> writeKey) {

  private static final String NO_LINKS =
      "\n           It has no unsubscribe links, since public-url is not set.";

  String text() {
    return """

    Data       %s
    Durability %s
    Mail       %s
    Write key  %s
    Admin key  %s

    %s
    ready %s
    """
        .formatted(data(), durability(), mail(), keyShown(), adminKey(), next(), url);
  }

  /** What to do now; of a node that takes no events, what it is there for. */
  private String next() {
    return configuration.roles().contains(Role.GATEWAY) ? firstEvent() : "Plays " + roles() + ".\n";
  }

  private String firstEvent() {
    return """
    Send a first event:

      curl -u %s: %s/v1/track -H 'content-type: application/json' \\
        -d '{"userId": "ada", "event": "Pricing Viewed", "properties": {"plan": "pro"}}'
    """
        .formatted(writeKey.orElse("wk_..."), url);
  }

  private String roles() {
    return configuration.roles().stream()
        .sorted()
        .map(role -> role.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" and "));
  }

  private String data() {
    var directory = configuration.storage().directory().toAbsolutePath().normalize();
    return configuration.kafka().embedded()
        ? directory.toString()
        : "%s, and the log on %s"
            .formatted(directory, String.join(",", configuration.kafka().bootstrapServers()));
  }

  private String durability() {
    if (!configuration.kafka().embedded()) {
      return "of the cluster";
    }
    return switch (configuration.storage().durability()) {
      case OS -> "os: acknowledged events survive kill -9; a power cut can take the last second";
      case FSYNC -> "fsync: acknowledged events survive a power cut";
    };
  }

  private String mail() {
    if (!configuration.roles().contains(Role.CHANNEL)) {
      return "by the nodes that play the channel";
    }
    var way =
        configuration
            .mail()
            .smtp()
            .map(smtp -> "sent through " + smtp.host() + ":" + smtp.port())
            .orElse("kept in the mailbox, since no mail server is set: ./earshot mailbox");
    return configuration.server().publicUrl().isPresent() ? way : way + NO_LINKS;
  }

  private String keyShown() {
    return writeKey
        .map(key -> key + " (kept in the file write-key there)")
        .orElse("with the node that was started first");
  }

  private String adminKey() {
    return writeKey.isPresent()
        ? "in the file admin-key there, where ./earshot looks for it"
        : "with the node that was started first";
  }
}
