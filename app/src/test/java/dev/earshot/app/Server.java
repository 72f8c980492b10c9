package dev.earshot.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The program in a process of its own, started as a person would, on the tests' class path. It
 * lives too short for fast code: what counts is how fast it starts.
 */
final class Server implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path out;
  private final Path err;

  private Server(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it on a free port, and goes on before it is ready. */
  static Server start(Path data, Map<String, String> environment, String... more)
      throws IOException {
    var arguments = new ArrayList<>(List.of("up", "--port", "0", "--data-dir", data.toString()));
    arguments.addAll(List.of(more));
    return run(environment, arguments);
  }

  static Server run(Map<String, String> environment, List<String> arguments) throws IOException {
    return run(Earshot.class, environment, arguments);
  }

  static Server run(Class<?> main, Map<String, String> environment, List<String> arguments)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    var folder = Files.createTempDirectory("earshot-test-");
    var out = folder.resolve("out");
    var err = folder.resolve("err");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("EARSHOT_"));
    builder.environment().putAll(environment);
    return new Server(builder.start(), out, err);
  }

  Server awaitReady() {
    return await("ready ");
  }

  /** Returns when it has printed a line that begins so. */
  Server await(String beginning) {
    Awaitility.await(beginning)
        .atMost(PATIENCE)
        .failFast(() -> {
          if (!process.isAlive()) {
            throw new AssertionError("it has ended: " + said());
          }
        })
        .until(() -> out().lines().anyMatch(line -> line.startsWith(beginning)));
    return this;
  }

  /** What it serves, once it is ready. */
  URI url() {
    return out()
        .lines()
        .filter(line -> line.startsWith("ready "))
        .map(line -> URI.create(line.substring("ready ".length())))
        .findFirst()
        .orElseThrow();
  }

  /** What it answers at a path to somebody without a key. */
  HttpResponse<Void> get(String path) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(url().resolve(path)).build();
      return client.send(request, BodyHandlers.discarding());
    }
  }

  /** Ends it as a terminal or a supervisor does. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /** Ends it as a power cut of the process would: nothing of it runs any more. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Holds it still, as a machine does that swaps: its connections stay, and nothing answers. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    var pid = Long.toString(process.pid());
    if (new ProcessBuilder("kill", "-" + name, pid).start().waitFor() != 0) {
      throw new AssertionError("there is no process " + pid);
    }
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end: " + said());
    }
    return process.exitValue();
  }

  String out() {
    return text(out);
  }

  String err() {
    return text(err);
  }

  private String said() {
    return out() + err();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
