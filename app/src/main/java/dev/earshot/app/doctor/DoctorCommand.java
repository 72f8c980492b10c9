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
      "Looks at Java, the data directory, the disk, the clock, the port, the log and its lag,",
      "and says what to do. Exit code 1 when something is bad."
    },
    sortOptions = false)
public final class DoctorCommand implements Callable<Integer> {

  /** Where the launcher keeps the cache for a fast start. */
  private static final String CACHE = "earshot.cache";

  @Mixin private ClientOptions options = new ClientOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    var findings = new ArrayList<Finding>();
    findings.addAll(
        new Machine(options.directory(), Instant.now())
            .findings(Optional.ofNullable(System.getProperty(CACHE)).map(Path::of)));
    findings.addAll(server());
    var out = spec.commandLine().getOut();
    findings.forEach(finding -> out.println(options.json() ? finding.json() : finding.text()));
    return findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.BAD) ? 1 : 0;
  }

  private List<Finding> server() {
    var server = options.server();
    try (var api = new Api(server, options::key)) {
      return api.get("/api/status") instanceof Fields status
          ? new ServerStatus(status).findings()
          : List.of(Finding.bad("server", server + " is no Earshot", "Name the right --server."));
    } catch (CommandFailure failure) {
      return List.of(silent(server, failure));
    }
  }

  private static Finding silent(URI server, CommandFailure failure) {
    var reason = Optional.ofNullable(failure.getMessage()).orElse("no reason is known");
    return free(server)
        ? Finding.doubtful("server", "none runs at " + server, "Start one: ./earshot up")
        : Finding.bad("server", reason, "Look at what answers at " + server + ".");
  }

  private static boolean free(URI server) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(server.getHost(), server.getPort()));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
