package dev.earshot.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.command.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell script stands in for the server. */
class ServerProcessTest {

  @TempDir Path folder;

  @Test
  void aServerIsReadyWhenItSaysSoAndCanBeKilledAndStartedAgain()
      throws IOException, InterruptedException {
    var pids = folder.resolve("pids");
    var server =
        start("echo $$ >>" + pids + "; echo starting; echo ready http://x; exec sleep 600");

    server.awaitReady();
    server.kill();
    server.restart();
    server.awaitReady();
    server.kill();

    var started = Files.readAllLines(pids);
    assertEquals(2, started.size());
    for (var pid : started) {
      assertTrue(ProcessHandle.of(Long.parseLong(pid)).isEmpty(), "killed");
    }
  }

  @Test
  void aServerThatEndsByItselfIsToldWithItsLog() throws IOException {
    var server = start("echo the port is busy; exit 1");

    var failure = assertThrows(BenchFailure.class, server::awaitReady);

    assertEquals(
        "The server did not become ready; " + folder.resolve("server.log") + " says why.",
        failure.getMessage());
  }

  private ServerProcess start(String script) throws IOException {
    var launcher = folder.resolve("earshot");
    Files.write(launcher, List.of("#!/bin/sh", script));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    return ServerProcess.start(
        launcher, folder.resolve("data"), folder.resolve("server.log"), Map.of());
  }
}
