package dev.earshot.app.cache;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Rewrites jars for the cache of java. The launcher runs it on its own copies of them. */
@Command(name = "cacheable", hidden = true, description = "Rewrites jars, for java.")
public final class CacheableCommand implements Callable<Integer> {

  @Parameters(paramLabel = "JAR", arity = "1..*")
  private List<Path> jars = List.of();

  @Override
  public Integer call() throws Exception {
    var classes = new CacheableClass(CacheableCommand.class.getClassLoader());
    for (var jar : jars) {
      CacheableJar.rewrite(jar, classes);
    }
    return 0;
  }
}
