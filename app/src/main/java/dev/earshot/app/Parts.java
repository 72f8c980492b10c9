package dev.earshot.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that were started, to be ended from the last to the first. */
final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private record Part(String name, AutoCloseable end) {}

  private final Deque<Part> started = new ArrayDeque<>();

  /** Remembers that a part was started and how it is ended. */
  synchronized <T extends AutoCloseable> T add(String name, T part) {
    started.push(new Part(name, part));
    return part;
  }

  /** A part that does not end well does not keep the others from ending. */
  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      var part = started.pop();
      try {
        LOG.debug("ending {}", part.name());
        part.end().close();
      } catch (Exception failure) {
        LOG.error("{} did not end well", part.name(), failure);
      }
    }
  }
}
