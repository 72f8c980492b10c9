package dev.earshot.app.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which server a client command talks to, with which key, and how it prints. Every command of this
 * package has it as a mixin.
 */
public final class ClientOptions {

  /** The file in the data directory with the admin key that the first start made. */
  public static final String ADMIN_KEY_FILE = "admin-key";

  /** The file in the data directory with the URL that a running server answers on. */
  public static final String ADDRESS_FILE = "address";

  /** The file in the data directory with what a Kafka client needs to read the embedded log. */
  public static final String KAFKA_FILE = "kafka-client.properties";

  private static final String DEFAULT_SERVER = "http://127.0.0.1:8080";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The server. Default: $EARSHOT_SERVER, else the one that runs on the data directory, else"
              + " "
              + DEFAULT_SERVER
              + ".")
  private @Nullable URI server;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "An admin key. Default: $EARSHOT_KEY, else the one in DATA-DIR/admin-key.")
  private @Nullable String key;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where a server on this machine keeps its data. Default: $EARSHOT_DATA_DIR, else ./data.")
  private @Nullable Path dataDirectory;

  @Option(names = "--json", description = "Print JSON, one document a line.")
  private boolean json;

  /** Whether to print JSON rather than text. */
  public boolean json() {
    return json;
  }

  /** The server to talk to, without a slash at its end. */
  public URI server() {
    if (server != null) {
      return withoutSlash(server.toString());
    }
    return environment("EARSHOT_SERVER")
        .or(() -> content(ADDRESS_FILE))
        .map(ClientOptions::withoutSlash)
        .orElseGet(() -> URI.create(DEFAULT_SERVER));
  }

  /** The admin key to present. */
  public String key() {
    if (key != null) {
      return key;
    }
    return environment("EARSHOT_KEY")
        .or(() -> content(ADMIN_KEY_FILE))
        .orElseThrow(() ->
            new CommandFailure(
                "No admin key: there is none in "
                    + directory().resolve(ADMIN_KEY_FILE)
                    + ". Name the server's data directory with --data-dir, or give a key with"
                    + " --key or EARSHOT_KEY."));
  }

  private Optional<String> content(String file) {
    var path = directory().resolve(file);
    if (!Files.isReadable(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(path).strip());
    } catch (IOException failure) {
      throw new CommandFailure("Cannot read " + path + ": " + failure.getMessage(), failure);
    }
  }

  /** The data directory of a server on this machine. */
  public Path directory() {
    if (dataDirectory != null) {
      return dataDirectory;
    }
    return Path.of(environment("EARSHOT_DATA_DIR").orElse("data"));
  }

  private static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  private static URI withoutSlash(String url) {
    try {
      return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    } catch (IllegalArgumentException failure) {
      throw new CommandFailure("Not a URL: " + url, failure);
    }
  }
}
