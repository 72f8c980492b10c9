package dev.earshot.bench.fault;

import java.lang.instrument.Instrumentation;

/** Lets a server halt at a kill point: {@code -javaagent:JAR=before-append/17}. */
public final class KillAgent {

  private KillAgent() {}

  /** What the agent is told, so that the server halts at that pass of that point. */
  public static String argument(KillPoint point, int pass) {
    return point.word() + "/" + pass;
  }

  public static void premain(String argument, Instrumentation instrumentation) {
    int bar = argument.indexOf('/');
    Halt.at(Integer.parseInt(argument, bar + 1, argument.length(), 10));
    instrumentation.addTransformer(
        KillPoint.of(argument.substring(0, bar)).orElseThrow().planting());
  }
}
