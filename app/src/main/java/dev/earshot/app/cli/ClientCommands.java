package dev.earshot.app.cli;

import java.util.List;

/** The commands that talk to a server. */
public final class ClientCommands {

  private ClientCommands() {}

  /** One object annotated with {@code @Command} for each, in the order of the help. */
  public static List<Object> all() {
    return List.of(
        new ApplyCommand(),
        new DiffCommand(),
        new SendCommand(),
        new ImportCommand(),
        new TailCommand(),
        new PersonCommand(),
        new WhyCommand(),
        new MailboxCommand(),
        new DeadCommand(),
        new KeysCommand());
  }
}
