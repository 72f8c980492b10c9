package dev.earshot.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** Connections to one server, each used for one request at a time and kept for the next. */
public final class Connections implements AutoCloseable {

  private static final int OPEN_MAX = 512;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Less than a server waits before it closes a connection of its own accord. */
  private static final long IDLE_NANOS_MAX = Duration.ofSeconds(4).toNanos();

  private final URI server;
  private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
  private final Semaphore free = new Semaphore(OPEN_MAX);

  public Connections(URI server) {
    this.server = server;
  }

  /** Sends a whole request and waits for its answer. */
  public Answer exchange(byte[] request) {
    free.acquireUninterruptibly();
    try {
      return exchange(take(), request);
    } catch (IOException e) {
      return new Answer.Unreachable();
    } finally {
      free.release();
    }
  }

  @Override
  public void close() {
    for (var one = idle.poll(); one != null; one = idle.poll()) {
      one.wire().close();
    }
  }

  private Answer exchange(Wire wire, byte[] request) {
    try {
      wire.send(request);
      var response = wire.receive();
      if (response.isPresent()) {
        idle.push(new Idle(wire, System.nanoTime()));
        return new Answer.Status(Integer.parseInt(response.get().second()));
      }
      wire.close();
      return new Answer.Unknown("closed without an answer");
    } catch (IOException e) {
      wire.close();
      return new Answer.Unknown(String.valueOf(e.getMessage()));
    }
  }

  private Wire take() throws IOException {
    for (var one = idle.poll(); one != null; one = idle.poll()) {
      if (System.nanoTime() - one.since() < IDLE_NANOS_MAX) {
        return one.wire();
      }
      one.wire().close();
    }
    return Wire.connect(server.getHost(), server.getPort(), TIMEOUT);
  }

  private record Idle(Wire wire, long since) {}
}
