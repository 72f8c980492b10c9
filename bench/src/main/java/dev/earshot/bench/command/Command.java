package dev.earshot.bench.command;

import java.io.PrintStream;
import java.util.List;

/** One benchmark, or the proof. */
public interface Command {

  String name();

  String summary();

  List<Option> options();

  /** What a user of it should know beside its options. */
  default String explanation() {
    return "";
  }

  /**
   * Measures, prints what it found to {@code out} and its progress to {@code err}. Returns whether
   * what was promised held.
   */
  boolean run(Arguments arguments, PrintStream out, PrintStream err) throws InterruptedException;
}
