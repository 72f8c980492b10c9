package dev.earshot.app.cli;

import java.util.Map;
import java.util.regex.Pattern;

/** The words of an HTML mail, for a terminal. */
final class HtmlText {

  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<(style|script|head|title)\\b.*?</\\1\\s*>|<!--.*?-->");
  private static final Pattern LINK =
      Pattern.compile("(?is)<a\\b[^>]*?\\bhref\\s*=\\s*[\"']([^\"']*)[\"'][^>]*>(.*?)</a\\s*>");
  private static final Pattern PARAGRAPH_END = Pattern.compile("(?i)</(p|h[1-6]|ul|ol|table)\\s*>");
  private static final Pattern LINE_END = Pattern.compile("(?i)<br\\b[^>]*>|</(div|li|tr)\\s*>");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern SPACES = Pattern.compile("[ \\t\\x0B\\f\\u00a0]+");
  private static final Pattern BLANK_LINES = Pattern.compile("\\n\\s*\\n\\s*");
  private static final Map<String, String> ENTITIES =
      Map.of("&lt;", "<", "&gt;", ">", "&quot;", "\"", "&#39;", "'", "&nbsp;", " ", "&mdash;", "—");

  private HtmlText() {}

  static String of(String html) {
    var text = UNSEEN.matcher(html).replaceAll("").replaceAll("\\s+", " ");
    text = LINK.matcher(text).replaceAll("$2 ($1)");
    text = PARAGRAPH_END.matcher(text).replaceAll("\n\n");
    text = LINE_END.matcher(text).replaceAll("\n");
    text = TAG.matcher(text).replaceAll("");
    for (var entity : ENTITIES.entrySet()) {
      text = text.replace(entity.getKey(), entity.getValue());
    }
    text = SPACES.matcher(text.replace("&amp;", "&")).replaceAll(" ");
    return BLANK_LINES.matcher(text).replaceAll("\n\n").replaceAll("(?m)^ +| +$", "").strip();
  }
}
