package dev.earshot.stream;

import dev.earshot.event.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Reads records of the log for people: the latest of one subject, or everything as it comes. */
public interface LogReader {

  /** One record of the log. */
  record Entry(
      Topic topic, int partition, long offset, Instant at, String key, String kind, String json) {}

  /**
   * The latest records of one subject, newest first.
   *
   * @param complete whether the log was read as far back as was asked within the time given
   */
  record Page(List<Entry> entries, boolean complete) {}

  Page latest(Topic topic, Subject subject, Predicate<Entry> filter, int limit, Duration within);

  /** The latest records of all subjects, newest first. */
  Page latest(Topic topic, Predicate<Entry> filter, int limit, Duration within);

  /** Follows a topic on the caller's thread until {@code visitor} says no or the thread ends. */
  void follow(Topic topic, boolean fromBeginning, Visitor visitor);

  /** Is shown each record; told when there is nothing new, so that it may stop. */
  interface Visitor {
    boolean visit(Entry entry);

    boolean caughtUp();
  }
}
