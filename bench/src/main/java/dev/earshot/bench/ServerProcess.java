package dev.earshot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server of our own, which is there to be killed. Its words go into a file. */
final class ServerProcess {

  private static final Duration READY_WITHIN = Duration.ofMinutes(5);

  private final Path launcher;
  private final Path dataDirectory;
  private final Path log;
  private final int port = freePort();
  private Process process;
  private CountDownLatch ready = new CountDownLatch(1);

  private ServerProcess(Path launcher, Path dataDirectory, Path log) {
    this.launcher = launcher;
    this.dataDirectory = dataDirectory;
    this.log = log;
    process = launch();
  }

  static ServerProcess start(Path launcher, Path dataDirectory, Path log) {
    return new ServerProcess(launcher, dataDirectory, log);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Waits until it says that it is ready; returns how long that took. */
  Duration awaitReady() throws InterruptedException {
    long start = System.nanoTime();
    while (!ready.await(100, TimeUnit.MILLISECONDS)) {
      if (!process.isAlive() || System.nanoTime() - start > READY_WITHIN.toNanos()) {
        throw new BenchFailure("The server did not become ready; " + log + " says why.");
      }
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The end without a warning: kill -9, for it and for all it started. */
  void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  void restart() {
    ready = new CountDownLatch(1);
    process = launch();
  }

  private Process launch() {
    var command =
        List.of(
            launcher.toAbsolutePath().toString(),
            "up",
            "--data-dir",
            dataDirectory.toAbsolutePath().toString(),
            "--port",
            Integer.toString(port));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("EARSHOT_WEBHOOK_ALLOW_PRIVATE", "127.0.0.0/8");
    try {
      var launched = builder.start();
      var signal = ready;
      Thread.ofVirtual().start(() -> listen(launched, signal));
      return launched;
    } catch (IOException e) {
      throw new BenchFailure("The server cannot be started by " + launcher + ".", e);
    }
  }

  private void listen(Process launched, CountDownLatch signal) {
    try (var lines = launched.inputReader(StandardCharsets.UTF_8);
        var kept =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        kept.write(line);
        kept.newLine();
        kept.flush();
        if (line.startsWith("ready ")) {
          signal.countDown();
        }
      }
    } catch (IOException e) {
      // The pipe breaks when the server is killed: nothing more to hear.
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
