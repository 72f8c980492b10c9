package dev.earshot.stream;

import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * The attempts that are to be made, each handed out once as long as its outcome is reported: an
 * outcome and the note that its attempt was taken are written together or not at all. After a crash
 * the attempts without a written outcome are handed out again.
 */
public interface AttemptQueue extends AutoCloseable {

  /**
   * Waits up to {@code timeout} for attempts; never more than the queue's limit are out at once, by
   * their weight.
   */
  List<Ticket> take(Duration timeout);

  /** Reports how a taken attempt ended. Returns at once; may be called from any thread. */
  void report(Ticket ticket, Outcome outcome);

  @Override
  void close();

  /** An attempt in hand. */
  interface Ticket {

    Attempt attempt();

    /** What it counts for where memory is shared out: one for each 2 KB of it, begun ones too. */
    int weight();
  }
}
