package dev.earshot.bench.measure;

import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.server.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The process of a {@link BareHandler}. */
final class BareServer implements AutoCloseable {

  private final Process process;
  private final URI url;

  private BareServer(Process process, URI url) {
    this.process = process;
    this.url = url;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "no-bare-is-left"));
  }

  /**
   * @param folder for what it has to say
   */
  static BareServer start(Path folder) {
    int port = ServerProcess.freePort();
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            BareHandler.class.getName(),
            Integer.toString(port));
    try {
      var process =
          new ProcessBuilder(command).redirectError(folder.resolve("bare.log").toFile()).start();
      var bare = new BareServer(process, URI.create("http://127.0.0.1:" + port));
      bare.awaitReady();
      return bare;
    } catch (IOException e) {
      throw new BenchFailure("The bare handler cannot be started.", e);
    }
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void awaitReady() throws IOException {
    var lines = process.inputReader(StandardCharsets.UTF_8);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(BareHandler.READY)) {
        return;
      }
    }
    throw new BenchFailure("The bare handler ended before it was ready.");
  }
}
