package dev.earshot.app.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All settings of one start. A later one overrides an earlier one of the same name. */
final class Settings {

  private final Map<String, Setting> settings = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  Settings(List<Setting> settings) {
    for (var setting : settings) {
      if (Keys.knows(setting.name())) {
        this.settings.put(setting.name(), setting);
      } else {
        problems.add(unknown(setting));
      }
    }
  }

  /** The value of a key that has a standard, whether set or not. */
  <T> T get(Key<T> key) {
    return find(key)
        .orElseGet(() ->
            key.kind().reading().apply(key.standard().orElseThrow(IllegalStateException::new)));
  }

  /** The value of a key when it was set, and set well; every problem is kept for {@link #check}. */
  <T> Optional<T> find(Key<T> key) {
    var setting = settings.get(key.name());
    if (setting == null || setting.text().isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(key.kind().reading().apply(setting.text().strip()));
    } catch (IllegalArgumentException _) {
      problems.add(unreadable(key, setting));
      return Optional.empty();
    }
  }

  /** Whether somebody has set it. */
  boolean has(Key<?> key) {
    var setting = settings.get(key.name());
    return setting != null && !setting.text().isBlank();
  }

  /** What was set under a prefix, without it. */
  Map<String, String> under(String prefix) {
    var found = new TreeMap<String, String>();
    settings.forEach((name, setting) -> {
      if (name.startsWith(prefix)) {
        found.put(name.substring(prefix.length()), setting.text());
      }
    });
    return found;
  }

  /** Keeps a problem of several settings together, when there is one. */
  void require(boolean condition, String problem) {
    if (!condition) {
      problems.add(problem);
    }
  }

  /** Ends the start when anything that was set could not be understood. */
  void check() {
    if (!problems.isEmpty()) {
      throw new ConfigurationFailure(problems);
    }
  }

  private static String unknown(Setting setting) {
    return "There is no setting %s (%s); the nearest is %s."
        .formatted(
            setting.name(),
            setting.origin(),
            Nearest.of(setting.name(), Keys.ALL.stream().map(Key::name)));
  }

  private static String unreadable(Key<?> key, Setting setting) {
    var shown = key.kind().equals(Kind.SECRET) ? "its value" : "'" + setting.text() + "'";
    return "%s (%s): %s is not %s."
        .formatted(key.name(), setting.origin(), shown, key.kind().expected());
  }
}
