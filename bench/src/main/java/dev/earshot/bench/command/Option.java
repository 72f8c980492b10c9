package dev.earshot.bench.command;

/**
 * Something a command can be told: {@code --name value}.
 *
 * @param standard what holds when nothing is said; empty for "found out"
 */
public record Option(String name, String standard, String meaning) {

  private static final String NO = "no";

  /** Something that holds only when it is said: {@code --name}. */
  public static Option flag(String name, String meaning) {
    return new Option(name, NO, meaning);
  }

  public boolean isFlag() {
    return standard.equals(NO);
  }

  public static final Option SERVER =
      new Option("server", "http://127.0.0.1:8080", "the URL of the server");
  public static final Option DATA_DIR =
      new Option("data-dir", "data", "the server's data directory, which holds the keys");
  public static final Option KEY =
      new Option("key", "", "a write key instead of the one kept there");
  public static final Option ADMIN_KEY =
      new Option("admin-key", "", "an admin key instead of the one kept there");
}
