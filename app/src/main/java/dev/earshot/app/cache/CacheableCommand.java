package dev.earshot.app.cache;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Rewrites jars for the cache of java. The launcher runs it on its own copies of them. */
@Command(name = "cacheable", hidden = true, description = "Rewrites jars, for java.")
public final class CacheableCommand implements Callable<Integer> {

  /** The beginnings of the names of the jars whose classes are rewritten as well. */
  private static final List<String> REWRITTEN =
      List.of("picocli", "kafka", "metrics-core", "scala-library");

  /**
   * A larger jar holds libraries for each system, which take seconds to copy; it stays as it is.
   */
  private static final long BYTES_MAX = 32L << 20;

  @Parameters(paramLabel = "JAR", arity = "1..*")
  private List<Path> jars = List.of();

  @Override
  public Integer call() throws Exception {
    var classes = new CacheableClass(CacheableCommand.class.getClassLoader());
    for (var jar : jars) {
      if (Files.size(jar) <= BYTES_MAX) {
        CacheableJar.rewrite(jar, isRewritten(jar) ? classes::of : UnaryOperator.identity());
      }
    }
    return 0;
  }

  private static boolean isRewritten(Path jar) {
    return REWRITTEN.stream().anyMatch(jar.getFileName().toString()::startsWith);
  }
}
