package dev.earshot.channel.template;

import dev.earshot.channel.template.Filter.Arguments;
import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Nothing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The filters that work on text. */
final class TextFilters {

  private static final int LENGTH_DEFAULT = 50;
  private static final int WORDS_DEFAULT = 15;

  private TextFilters() {}

  static void addTo(Map<String, Filter> filters) {
    plain(filters, "upcase", text -> text.toUpperCase(Locale.ROOT));
    plain(filters, "downcase", text -> text.toLowerCase(Locale.ROOT));
    plain(filters, "capitalize", TextFilters::capitalize);
    plain(filters, "strip", String::strip);
    plain(filters, "lstrip", String::stripLeading);
    plain(filters, "rstrip", String::stripTrailing);
    plain(filters, "strip_newlines", text -> text.replace("\r", "").replace("\n", ""));
    plain(filters, "strip_html", TextFilters::withoutTags);
    plain(filters, "url_encode", text -> URLEncoder.encode(text, StandardCharsets.UTF_8));
    filters.put("append", (in, with, _) -> Operand.of(text(in) + with.text(0)));
    filters.put("prepend", (in, with, _) -> Operand.of(with.text(0) + text(in)));
    filters.put("replace", (in, with, scope) -> replace(in, with.text(0), with.text(1), scope));
    filters.put("remove", (in, with, scope) -> replace(in, with.text(0), "", scope));
    filters.put("replace_first", (in, with, _) -> replaceFirst(in, with.text(0), with.text(1)));
    filters.put("remove_first", (in, with, _) -> replaceFirst(in, with.text(0), ""));
    filters.put("truncate", (in, with, _) -> truncate(text(in), with));
    filters.put("truncatewords", (in, with, _) -> truncateWords(text(in), with));
    filters.put("escape", (in, _, _) -> Operand.safe(Escaping.HTML.escape(text(in))));
    filters.put("newline_to_br", (in, _, scope) -> breaks(in, scope));
    filters.put("json", (in, _, _) -> Operand.safe(Json.text(in.value())));
    filters.put("raw", (in, _, _) -> raw(in));
  }

  private static void plain(
      Map<String, Filter> filters, String name, UnaryOperator<String> change) {
    filters.put(name, (in, _, _) -> absentOr(in, Operand.of(change.apply(text(in)))));
  }

  /** What is not there stays so, in order that it is counted where it is shown. */
  private static Operand absentOr(Operand input, Operand output) {
    return input.value() instanceof Nothing ? input : output;
  }

  private static String text(Operand input) {
    return Scope.shown(input.value());
  }

  private static Operand raw(Operand input) {
    return absentOr(input, Operand.safe(text(input)));
  }

  private static Operand breaks(Operand input, Scope scope) {
    var text = input.safe() ? text(input) : scope.escape(text(input));
    return absentOr(input, Operand.safe(text.replace("\r\n", "\n").replace("\n", "<br />\n")));
  }

  private static String capitalize(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  private static Operand replace(Operand input, String target, String replacement, Scope scope) {
    var text = text(input);
    if (target.isEmpty()) {
      return input;
    }
    long places = 0;
    for (int at = text.indexOf(target); at >= 0; at = text.indexOf(target, at + target.length())) {
      places++;
    }
    scope.handle(text.length() + places * replacement.length());
    return Operand.of(text.replace(target, replacement));
  }

  private static Operand replaceFirst(Operand input, String target, String replacement) {
    var text = text(input);
    int at = text.indexOf(target);
    return at < 0
        ? input
        : Operand.of(text.substring(0, at) + replacement + text.substring(at + target.length()));
  }

  private static Operand truncate(String text, Arguments arguments) {
    int length = arguments.has(0) ? arguments.within(0, Scope.OUTPUT_LENGTH_MAX) : LENGTH_DEFAULT;
    var end = arguments.has(1) ? arguments.text(1) : "...";
    if (text.length() <= length) {
      return Operand.of(text);
    }
    return Operand.of(text.substring(0, Math.max(0, length - end.length())) + end);
  }

  private static Operand truncateWords(String text, Arguments arguments) {
    int words = arguments.has(0) ? Math.max(1, arguments.within(0, 10_000)) : WORDS_DEFAULT;
    var end = arguments.has(1) ? arguments.text(1) : "...";
    var parts = text.strip().split("\\s+", words + 1);
    if (parts.length <= words) {
      return Operand.of(text);
    }
    return Operand.of(String.join(" ", java.util.Arrays.copyOf(parts, words)) + end);
  }

  private static String withoutTags(String html) {
    var text = new StringBuilder(html.length());
    int at = 0;
    while (at < html.length()) {
      int open = html.indexOf('<', at);
      int close = open < 0 ? -1 : html.indexOf('>', open);
      if (close < 0) {
        break;
      }
      text.append(html, at, open);
      at = close + 1;
    }
    return text.append(html.substring(at)).toString();
  }

  static Operand split(String text, String separator) {
    if (text.isEmpty()) {
      return Operand.of(new Value.Items(java.util.List.of()));
    }
    var parts = text.split(java.util.regex.Pattern.quote(separator));
    return Operand.of(new Value.Items(java.util.Arrays.stream(parts).map(Value::of).toList()));
  }
}
