package dev.earshot.bench.fault;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/** Lets a server that runs halt at a kill point: loaded with {@code before-append/17}. */
public final class KillAgent {

  private KillAgent() {}

  /** What the agent is told, so that the server halts at that pass of that point. */
  public static String argument(KillPoint point, int pass) {
    return point.word() + "/" + pass;
  }

  public static void agentmain(String argument, Instrumentation instrumentation)
      throws UnmodifiableClassException {
    int bar = argument.indexOf('/');
    Halt.at(Integer.parseInt(argument, bar + 1, argument.length(), 10));
    var planting = KillPoint.of(argument.substring(0, bar)).orElseThrow().planting();
    instrumentation.addTransformer(planting, true);
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (planting.isFor(loaded)) {
        instrumentation.retransformClasses(loaded);
      }
    }
  }
}
