package dev.earshot.app.cli;

/**
 * A command that cannot be carried out; the message is the sentence its user reads. Exit code 1.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }

  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
