package dev.earshot.app.cli;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import java.io.PrintWriter;
import java.util.regex.Pattern;

/** Where a command prints: its answer on one stream, remarks and progress on another. */
public record Screen(PrintWriter out, PrintWriter err, Ink ink) {

  /** What strangers can put into a name and a terminal would obey; our colours are left. */
  private static final Pattern COMMANDS =
      Pattern.compile("\u001b(?!\\[[0-9]{1,2}m)|[\\p{Cntrl}&&[^\\t\\n\u001b]]|[\\x{80}-\\x{9f}]");

  public void line(String text) {
    out.println(harmless(text));
  }

  public void blank() {
    out.println();
  }

  /** One document on one line. */
  public void json(Value value) {
    out.println(Json.text(value));
  }

  /** A line about what is wrong. */
  public void problem(String text) {
    err.println(harmless(text));
  }

  /** A remark that is not part of the answer. */
  public void remark(String text) {
    err.println(text);
    err.flush();
  }

  private static String harmless(String text) {
    return COMMANDS.matcher(text).replaceAll("");
  }

  /** Whether whoever read the answer has gone: {@code earshot tail events | head}. */
  public boolean isClosed() {
    return out.checkError();
  }
}
