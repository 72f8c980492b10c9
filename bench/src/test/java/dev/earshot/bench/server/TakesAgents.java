package dev.earshot.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A java that does nothing but take an agent; and the agent, which leaves a file. */
public final class TakesAgents {

  private TakesAgents() {}

  public static void agentmain(String file) throws IOException {
    Files.createFile(Path.of(file));
  }

  public static void main(String[] words) throws InterruptedException {
    for (var word : words) {
      System.out.println(word);
    }
    Thread.sleep(60_000);
  }
}
