package dev.earshot.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.fault.AgentJar;
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

  @Test
  void aServerThatIsNotReadyIsAskedAgainUntilItTakesAnAgent()
      throws IOException, InterruptedException {
    var agent = folder.resolve("agent.jar");
    var later = folder.resolve("later.jar");
    AgentJar.write(later, TakesAgents.class);
    var loaded = folder.resolve("loaded");
    var server = start("(sleep 4; mv %s %s) & %s".formatted(later, agent, java("starting")));
    var log = folder.resolve("server.log");
    while (!Files.exists(log) || !Files.readString(log).contains("starting")) {
      Thread.sleep(20);
    }

    server.load(agent, loaded.toString());
    server.kill();

    assertTrue(Files.exists(loaded));
  }

  @Test
  void anAgentThatAServerDoesNotTakeWhenItIsReadyIsAFailure()
      throws IOException, InterruptedException {
    var agent = folder.resolve("nowhere.jar");
    var server = start(java("'ready http://x'"));
    server.awaitReady();

    var failure = assertThrows(BenchFailure.class, () -> server.load(agent, ""));
    server.kill();

    assertTrue(
        failure.toString().contains("The server does not take the agent " + agent),
        failure.toString());
  }

  private static String java(String says) {
    return "exec '%s' -cp '%s' %s %s"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"),
            TakesAgents.class.getName(),
            says);
  }

  private ServerProcess start(String script) throws IOException {
    var launcher = folder.resolve("earshot");
    Files.write(launcher, List.of("#!/bin/sh", script));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    return ServerProcess.start(
        launcher, folder.resolve("data"), folder.resolve("server.log"), Map.of());
  }
}
