package dev.earshot.app.configuration;

import java.util.List;

/** Settings that cannot be used; each problem is one sentence. Nothing is started with them. */
public final class ConfigurationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ConfigurationFailure(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  ConfigurationFailure(String problem) {
    this(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
