package dev.earshot.app.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads settings from a YAML file. Nesting and dots mean the same; a list means its items with
 * commas. Values stay text: what they mean is for their {@link Kind} to say, not for YAML.
 */
final class YamlFile {

  private final Path file;
  private final List<Setting> settings = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private YamlFile(Path file) {
    this.file = file;
  }

  static List<Setting> settings(Path file) {
    return new YamlFile(file).read();
  }

  private List<Setting> read() {
    try {
      new Compose(LoadSettings.builder().setLabel(file.toString()).setUseMarks(true).build())
          .composeString(Files.readString(file))
          .ifPresent(root -> flatten("", root));
    } catch (IOException failure) {
      throw new ConfigurationFailure(
          "Cannot read the configuration file %s: %s."
              .formatted(file, Files.exists(file) ? failure.getMessage() : "there is none"));
    } catch (MarkedYamlEngineException failure) {
      throw new ConfigurationFailure(
          "%s is not YAML: %s."
              .formatted(
                  failure
                      .getProblemMark()
                      .map(mark -> place(mark.getLine()))
                      .orElse(file.toString()),
                  failure.getProblem()));
    } catch (YamlEngineException failure) {
      throw new ConfigurationFailure("%s is not YAML: %s".formatted(file, failure.getMessage()));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationFailure(problems);
    }
    return settings;
  }

  private void flatten(String name, Node node) {
    switch (node) {
      case MappingNode mapping ->
          mapping
              .getValue()
              .forEach(member ->
                  flatten(
                      name.isEmpty()
                          ? text(member.getKeyNode())
                          : name + "." + text(member.getKeyNode()),
                      member.getValueNode()));
      case SequenceNode items ->
          add(
              name,
              items.getValue().stream().map(this::text).collect(Collectors.joining(",")),
              node);
      default -> add(name, text(node), node);
    }
  }

  private void add(String name, String text, Node node) {
    if (name.isEmpty()) {
      problems.add("%s must hold keys with values.".formatted(file));
    } else if (settings.stream().anyMatch(setting -> setting.name().equals(name))) {
      problems.add("%s is set a second time in %s.".formatted(name, place(node)));
    } else {
      settings.add(new Setting(name, text, place(node)));
    }
  }

  private String text(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    problems.add("A plain value is expected in %s.".formatted(place(node)));
    return "";
  }

  private String place(Node node) {
    return node.getStartMark().map(mark -> place(mark.getLine())).orElse(file.toString());
  }

  private String place(int line) {
    return file + " line " + (line + 1);
  }
}
