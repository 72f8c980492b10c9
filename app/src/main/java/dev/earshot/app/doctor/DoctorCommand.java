package dev.earshot.app.doctor;

import dev.earshot.app.cli.Api;
import dev.earshot.app.cli.ClientOptions;
import dev.earshot.app.cli.CommandFailure;
import dev.earshot.event.Value.Fields;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at the machine and at the server. Fails when something is bad. */
@Command(
    name = "doctor",
    description = {
      "Looks at Java, the data directory and its lock, the disk, the clock, the port, the log and its",
      "lag, and says what to do. Exit code 1 when something is bad."
    },
    sortOptions = false)
public final class DoctorCommand implements Callable<Integer> {

  /** Where the launcher keeps the cache for a fast start. */
  private static final String CACHE = "earshot.cache";

  @Mixin private ClientOptions options = new ClientOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    var machine = new Machine(options.directory(), Instant.now());
    var findings = new ArrayList<Finding>();
    findings.addAll(machine.findings(Optional.ofNullable(System.getProperty(CACHE)).map(Path::of)));
    findings.addAll(server(machine.inUse()));
    var out = spec.commandLine().getOut();
    findings.forEach(finding -> out.println(options.json() ? finding.json() : finding.text()));
    return findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.BAD) ? 1 : 0;
  }

  private List<Finding> server(boolean inUse) {
    var server = options.server();
    try (var api = new Api(server, options::key)) {
      return api.get("/api/status") instanceof Fields status
          ? new ServerStatus(status).findings()
          : List.of(Finding.bad("server", server + " is no Earshot", "Name the right --server."));
    } catch (CommandFailure failure) {
      return List.of(silent(server, inUse, failure));
    }
  }

  private static Finding silent(URI server, boolean inUse, CommandFailure failure) {
    if (!free(server)) {
      return Finding.bad(
          "server",
          Optional.ofNullable(failure.getMessage()).orElse("no reason is known"),
          "Name the server with --server, and its data directory with --data-dir or a key with --key.");
    }
    return inUse
        ? Finding.bad(
            "server",
            "an Earshot has the data directory, and nothing answers at " + server,
            "It may be about to start or to end: look again. If it listens elsewhere, name --server.")
        : Finding.doubtful(
            "server", "none runs, and its port is free: " + server, "Start one: ./earshot up");
  }

  /** Whether nobody listens there; what is not on this machine is not free. */
  private static boolean free(URI server) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(server.getHost(), Math.max(0, server.getPort())));
      return server.getPort() > 0;
    } catch (IOException _) {
      return false;
    }
  }
}
