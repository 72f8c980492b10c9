package dev.earshot.app;

import dev.earshot.app.cli.Api;
import dev.earshot.app.cli.ClientOptions;
import dev.earshot.app.cli.CommandFailure;
import dev.earshot.app.configuration.Configuration;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.stream.cluster.DataDirectory;
import dev.earshot.stream.node.StreamNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Plays the whole program once, from the start to a mail and to the end, and a start as it is after
 * a kill, in a temporary folder. The launcher runs it so that java learns what to keep for a fast
 * start.
 */
@Command(name = "rehearse", hidden = true, description = "Plays the whole program once, for java.")
final class RehearseCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);

  @Override
  public Integer call() throws Exception {
    var folder = Files.createTempDirectory("earshot-rehearsal-");
    try {
      play(folder);
      return 0;
    } finally {
      delete(folder);
    }
  }

  private static void play(Path folder) throws IOException, InterruptedException {
    var path = folder.resolve("data");
    var up = UpCommand.warmedUpMeanwhile();
    new CommandLine(up).parseArgs("--port", "0", "--data-dir", path.toString());
    var configuration = up.begin(Map.of());
    live(
        configuration,
        server ->
            play(server, folder, Files.readString(path.resolve(ClientOptions.ADMIN_KEY_FILE))));
    try (var data = DataDirectory.open(path)) {
      StreamNode.pretendKilled(data);
    }
    live(configuration, _ -> {});
  }

  /** What is done while the server runs at its address. */
  private interface Scene {
    void play(URI server) throws IOException, InterruptedException;
  }

  private static void live(Configuration configuration, Scene scene)
      throws IOException, InterruptedException {
    var life = new Life();
    try {
      scene.play(new Main(configuration, life).start(false).url());
    } finally {
      life.parts().close();
    }
  }

  private static void play(URI server, Path folder, String key)
      throws IOException, InterruptedException {
    var file = folder.resolve("rehearsal.yaml");
    try (var yaml = RehearseCommand.class.getResourceAsStream("rehearsal.yaml")) {
      Files.copy(Optional.ofNullable(yaml).orElseThrow(), file);
    }
    command(server, key, "apply", "-f", file.toString());
    command(
        server,
        key,
        "send",
        "identify",
        "--user",
        "ada",
        "-t",
        "name=Ada",
        "-t",
        "email=ada@example.com");
    for (int look = 0; look < 3; look++) {
      command(server, key, "send", "Pricing Viewed", "--user", "ada", "-p", "plan=pro");
    }
    awaitMail(server, key);
    command(server, key, "person", "ada");
    command(server, key, "why", "ada");
    command(server, key, "mailbox");
  }

  private static void command(URI server, String key, String... command) {
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--server", server.toString(), "--key", key.strip()));
    var silent = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int exitCode = Earshot.commandLine().setOut(silent).execute(arguments.toArray(String[]::new));
    if (exitCode != 0) {
      throw new CommandFailure("The rehearsal failed at: " + String.join(" ", command));
    }
  }

  private static void awaitMail(URI server, String key) throws InterruptedException {
    var last = System.nanoTime() + PATIENCE.toNanos();
    try (var api = new Api(server, key::strip)) {
      while (!(api.get("/api/mailbox") instanceof Fields answer
          && answer.get("mails") instanceof Items(var mails)
          && !mails.isEmpty())) {
        if (System.nanoTime() > last) {
          throw new CommandFailure("No mail came in the rehearsal.");
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
