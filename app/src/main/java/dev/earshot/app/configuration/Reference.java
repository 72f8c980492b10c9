package dev.earshot.app.configuration;

import java.util.stream.Collectors;

/** The table of all settings in the reference, as Markdown. */
final class Reference {

  private Reference() {}

  static String table() {
    return Keys.ALL.stream()
        .map(Reference::row)
        .collect(
            Collectors.joining(
                "\n", "| key and variable | default | what it is |\n|---|---|---|\n", "\n"));
  }

  private static String row(Key<?> key) {
    return "| `%s`<br>`%s` | %s | %s Takes %s. |"
        .formatted(
            key.name(),
            key.variable(),
            key.standard()
                .filter(text -> !text.isEmpty())
                .map(text -> "`" + text + "`")
                .orElse("not set"),
            key.meaning(),
            key.kind().expected());
  }
}
