package dev.earshot.bench.proof;

import java.lang.instrument.Instrumentation;

/** Makes a server the mutants of those names: {@code -javaagent:JAR=NAME+NAME}. */
public final class MutantAgent {

  private MutantAgent() {}

  public static void premain(String mutants, Instrumentation instrumentation) {
    for (var mutant : mutants.split("\\+", -1)) {
      instrumentation.addTransformer(Mutant.valueOf(mutant).planting());
    }
  }
}
