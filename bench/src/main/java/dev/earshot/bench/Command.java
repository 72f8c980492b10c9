package dev.earshot.bench;

import java.io.PrintStream;
import java.util.List;

/** One benchmark. */
interface Command {

  String name();

  String summary();

  List<Option> options();

  /** Measures, and prints what it found. Returns whether what was promised held. */
  boolean run(Arguments arguments, PrintStream out) throws InterruptedException;
}
