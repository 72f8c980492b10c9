package dev.earshot.bench.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a command was told, with the standard of everything it was not told. */
public final class Arguments {

  private static final String YES = "yes";

  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /** Reads {@code --name value} pairs and flags; throws {@link BenchFailure} for anything else. */
  public static Arguments read(List<String> words, List<Option> options) {
    var values = new HashMap<String, String>();
    options.forEach(option -> values.put(option.name(), option.standard()));
    for (int at = 0; at < words.size(); at++) {
      var option = option(words.get(at), options);
      if (option.isFlag()) {
        values.put(option.name(), YES);
      } else if (at + 1 == words.size()) {
        throw new BenchFailure("--" + option.name() + " needs a value.");
      } else {
        values.put(option.name(), words.get(++at));
      }
    }
    return new Arguments(values);
  }

  private static Option option(String word, List<Option> options) {
    return options.stream()
        .filter(option -> word.equals("--" + option.name()))
        .findFirst()
        .orElseThrow(() ->
            new BenchFailure("There is no option " + word + "; there are " + names(options) + "."));
  }

  public boolean says(Option flag) {
    return text(flag).equals(YES);
  }

  /** Whether it was said, or has a standard. */
  public boolean has(Option option) {
    return !text(option).isEmpty();
  }

  public String text(Option option) {
    return values.getOrDefault(option.name(), option.standard());
  }

  public Path path(Option option) {
    return Path.of(text(option));
  }

  public int number(Option option) {
    return number(option, text(option));
  }

  /** A number that may be 0. */
  public int count(Option option) {
    return text(option).equals("0") ? 0 : number(option);
  }

  /** Numbers separated by commas. */
  public List<Integer> numbers(Option option) {
    return Arrays.stream(text(option).split(",", -1)).map(part -> number(option, part)).toList();
  }

  public Duration seconds(Option option) {
    return Duration.ofSeconds(number(option));
  }

  private static int number(Option option, String text) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like every other text that is no such number.
    }
    throw new BenchFailure("--" + option.name() + " needs a number above 0, not " + text + ".");
  }

  private static String names(List<Option> options) {
    return options.stream().map(option -> "--" + option.name()).collect(Collectors.joining(", "));
  }
}
