package dev.earshot.bench;

import java.lang.instrument.Instrumentation;

/** Makes a server the mutant of that name: {@code -javaagent:JAR=NAME}. */
public final class MutantAgent {

  private MutantAgent() {}

  public static void premain(String mutant, Instrumentation instrumentation) {
    instrumentation.addTransformer(Mutant.valueOf(mutant).planting());
  }
}
