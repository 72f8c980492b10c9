package dev.earshot.stream;

import dev.earshot.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where admitted events are kept, in order for each subject. */
public interface EventLog {

  /**
   * Appends the events in their order. The future is done when the log has all of them, and fails
   * with {@link LogUnavailable} when it may not have all: the caller may append them again, since
   * the same id is the same fact.
   *
   * @param traceparent the trace that all of them belong to, in the words of W3C Trace Context
   */
  CompletableFuture<Void> append(List<Event> events, Optional<String> traceparent);

  /** Appends events that belong to no trace. */
  default CompletableFuture<Void> append(List<Event> events) {
    return append(events, Optional.empty());
  }

  /** Keeps what could not be understood, whole, with the reason. Done and failed as above. */
  CompletableFuture<Void> quarantine(List<Quarantined> documents);

  /** The log cannot take writes now. The message says why, for an operator. */
  sealed class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnavailable(String message) {
      super(message);
    }

    public LogUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The disk of the log is nearly full. The message is one sentence that says what to do. */
  final class NoRoom extends LogUnavailable {
    private static final long serialVersionUID = 1L;

    public NoRoom(String message) {
      super(message);
    }
  }
}
