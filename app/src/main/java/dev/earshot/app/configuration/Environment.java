package dev.earshot.app.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads settings from environment variables: {@code EARSHOT_SMTP_HOST} is {@code smtp.host}. */
final class Environment {

  static final String PREFIX = "EARSHOT_";

  /** Variables with this prefix that are not settings: of the launcher and of client commands. */
  static final Set<String> OTHERS =
      Set.of(
          "EARSHOT_CONFIG",
          "EARSHOT_HEAP",
          "EARSHOT_JAVA_HOME",
          "EARSHOT_JAVA_OPTS",
          "EARSHOT_KEY",
          "EARSHOT_SERVER");

  private static final String CLIENT_PREFIX = Key.variable(Keys.KAFKA_CLIENT_PREFIX);

  private Environment() {}

  static List<Setting> settings(Map<String, String> variables) {
    var settings = new ArrayList<Setting>();
    var problems = new ArrayList<String>();
    variables.entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(PREFIX))
        .filter(variable -> !OTHERS.contains(variable.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(variable ->
            name(variable.getKey())
                .ifPresentOrElse(
                    name ->
                        settings.add(
                            new Setting(
                                name, variable.getValue(), "environment " + variable.getKey())),
                    () -> problems.add(unknown(variable.getKey()))));
    if (!problems.isEmpty()) {
      throw new ConfigurationFailure(problems);
    }
    return settings;
  }

  private static Optional<String> name(String variable) {
    if (variable.startsWith(CLIENT_PREFIX)) {
      return Optional.of(
          Keys.KAFKA_CLIENT_PREFIX
              + variable
                  .substring(CLIENT_PREFIX.length())
                  .toLowerCase(Locale.ROOT)
                  .replace('_', '.'));
    }
    return Keys.ALL.stream()
        .filter(key -> key.variable().equals(variable))
        .map(Key::name)
        .findAny();
  }

  private static String unknown(String variable) {
    var known = Stream.concat(Keys.ALL.stream().map(Key::variable), OTHERS.stream());
    return "The environment variable %s is no setting; the nearest is %s."
        .formatted(variable, Nearest.of(variable, known));
  }
}
