package dev.earshot.app.cli;

import java.util.List;

/** The commands that talk to a server. */
public final class ClientCommands {

  private ClientCommands() {}

  /** One object annotated with {@code @Command} for each, in the order of the help. */
  public static List<Object> all() {
    return List.of();
  }
}
