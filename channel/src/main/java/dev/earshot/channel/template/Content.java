package dev.earshot.channel.template;

import java.util.Map;
import java.util.Optional;

/** The rendered texts of a template, by name: {@code subject}, {@code html}. */
public record Content(Map<String, String> parts) {

  public static final Content EMPTY = new Content(Map.of());

  public Content {
    parts = Map.copyOf(parts);
  }

  /** The text of that name, if the template has one and something is in it. */
  public Optional<String> part(String name) {
    return Optional.ofNullable(parts.get(name)).filter(text -> !text.isBlank());
  }
}
