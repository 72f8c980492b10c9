package dev.earshot.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks something of a running server, through its HTTP API. */
public abstract class ClientCommand implements Callable<Integer> {

  protected static final int DONE = 0;
  protected static final int PROBLEM = 1;

  @Mixin private ClientOptions options = new ClientOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() {
    var screen = screen();
    try (var api = new Api(options.server(), options::key)) {
      return run(api, screen);
    } finally {
      screen.out().flush();
    }
  }

  /** Does what was asked, and returns the exit code. */
  protected abstract int run(Api api, Screen screen);

  protected final boolean json() {
    return options.json();
  }

  /** Ends the command because it was called wrongly: exit code 2, with its usage. */
  protected final ParameterException misuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  final void refuseFlaw(Sender sender) {
    var flaw = sender.flaw();
    if (flaw != null) {
      throw misuse(flaw);
    }
  }

  private Screen screen() {
    var line = spec.commandLine();
    return new Screen(line.getOut(), line.getErr(), Ink.ofTerminal());
  }
}
