package dev.earshot.bench.proof;

import dev.earshot.bench.fault.KillAgent;
import dev.earshot.bench.fault.KillPoint;
import dev.earshot.bench.load.Spread;
import dev.earshot.bench.server.ServerProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Ends a server again and again: at any moment, and at points on the way of an event. */
final class Killer {

  /** Of ten kills so many come at any moment; the others at a point. */
  private static final int ANY_MOMENT_OF_TEN = 3;

  private static final int PASS_MAX = 40;

  /** The shortest life is that part of the longest. */
  private static final int ALIVE_SHORTEST = 5;

  private final ServerProcess server;
  private final Path agent;
  private final Duration alive;
  private final SplittableRandom chance;
  private final PrintStream err;
  private final List<Long> deaths = new ArrayList<>();
  private final List<Long> restarts = new ArrayList<>();

  /** One end. */
  private sealed interface End {

    record AnyMoment(Duration after) implements End {}

    record AtPoint(KillPoint point, int pass) implements End {}
  }

  /**
   * @param agent the jar of what lets a server halt at a point
   * @param alive how long the server lives after it is ready, at most
   */
  Killer(ServerProcess server, Path agent, Duration alive, long seed, PrintStream err) {
    this.server = server;
    this.agent = agent;
    this.alive = alive;
    this.chance = new SplittableRandom(seed);
    this.err = err;
  }

  /** When the server ended, by {@link System#nanoTime}. */
  List<Long> deaths() {
    return List.copyOf(deaths);
  }

  /** From a start to being ready, as far as the server was left in peace. */
  Spread restarts() {
    return Spread.of(restarts.stream().mapToLong(Long::longValue).toArray());
  }

  /** Kills a running server so often; afterwards it is ready again. */
  void kill(int times) throws InterruptedException {
    End next = anyMoment();
    for (int kill = 1; kill <= times; kill++) {
      err.printf("kill %d of %d: %s%n", kill, times, end(next));
      deaths.add(System.nanoTime());
      next = kill == times || chance.nextInt(10) < ANY_MOMENT_OF_TEN ? anyMoment() : atPoint();
      server.restart();
      switch (next) {
        case End.AnyMoment _ -> restarts.add(server.awaitReady().toNanos());
        case End.AtPoint(var point, var pass) ->
            server.load(agent, KillAgent.argument(point, pass));
      }
    }
  }

  private String end(End end) throws InterruptedException {
    return switch (end) {
      case End.AnyMoment(var after) -> {
        Thread.sleep(after);
        server.kill();
        yield "after %.1f s".formatted(after.toMillis() / 1e3);
      }
      case End.AtPoint(var point, var pass) -> {
        boolean reached = !server.becomesReady() || server.endsWithin(alive);
        server.kill();
        yield "%s, pass %d%s"
            .formatted(point.word(), pass, reached ? "" : ": not reached, so from outside");
      }
    };
  }

  private End anyMoment() {
    long longest = alive.toMillis();
    return new End.AnyMoment(
        Duration.ofMillis(chance.nextLong(longest / ALIVE_SHORTEST, longest + 1)));
  }

  private End atPoint() {
    var points = KillPoint.values();
    return new End.AtPoint(points[chance.nextInt(points.length)], chance.nextInt(1, PASS_MAX + 1));
  }
}
