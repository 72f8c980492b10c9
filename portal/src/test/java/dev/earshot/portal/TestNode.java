package dev.earshot.portal;

import dev.earshot.portal.status.Node;
import dev.earshot.portal.status.NodeStatus;
import dev.earshot.portal.status.Readiness;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node that is as it is told to be. */
public final class TestNode implements Node {

  private volatile Readiness readiness = new Readiness.Ready();
  private volatile Optional<String> clockTrouble = Optional.empty();
  private volatile String name = "node-1";

  public void become(Readiness now) {
    readiness = now;
  }

  public void mistrustClock(String trouble) {
    clockTrouble = Optional.of(trouble);
  }

  public void rename(String now) {
    name = now;
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  @Override
  public String durability() {
    return "os";
  }

  @Override
  public Optional<String> clockTrouble() {
    return clockTrouble;
  }

  @Override
  public NodeStatus status() {
    return new NodeStatus(
        name,
        "0.1.0",
        URI.create("http://127.0.0.1:8080"),
        Instant.parse("2026-11-20T12:00:00Z"),
        durability(),
        "embedded",
        "mailbox",
        false,
        Duration.ofMillis(20),
        new NodeStatus.Disk(50, 100, 10),
        List.of(new NodeStatus.Partition(0, "running", 1200, 3)),
        Map.of("Events accepted", 1234L));
  }
}
