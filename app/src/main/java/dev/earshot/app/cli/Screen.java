package dev.earshot.app.cli;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import java.io.PrintWriter;

/** Where a command prints: its answer on one stream, remarks and progress on another. */
public record Screen(PrintWriter out, PrintWriter err, Ink ink) {

  public void line(String text) {
    out.println(text);
  }

  public void blank() {
    out.println();
  }

  /** One document on one line. */
  public void json(Value value) {
    out.println(Json.text(value));
  }

  /** A remark that is not part of the answer. */
  public void remark(String text) {
    err.println(text);
    err.flush();
  }

  /** Whether whoever read the answer has gone: {@code earshot tail events | head}. */
  public boolean isClosed() {
    return out.checkError();
  }
}
