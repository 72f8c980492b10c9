package dev.earshot.app.cli;

import dev.earshot.event.EventType;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends one event. */
@Command(
    name = "send",
    subcommands = {SendCommand.IdentifyCommand.class, SendCommand.GroupCommand.class},
    description = {
      "Sends one event, as a product's own server would, and waits until the log has it.",
      "A value that is JSON is taken as such: seats=5 is a number, active=true a truth value, and"
          + " zip='\"01234\"' a text."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./earshot send \"Pricing Viewed\" --user ada -p plan=pro",
      "  ./earshot send identify --user ada -p email=ada@example.com -p plan=free",
      "  ./earshot send group --user ada --group acme -p employees=80",
      "  ./earshot send \"Signed Up\" --user ada --anonymous browser-1   and link the two"
    })
final class SendCommand extends ClientCommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "EVENT",
      description = "The name of what happened.")
  private String event = "";

  @Option(
      names = {"-p", "--property"},
      paramLabel = "NAME=VALUE",
      description = "A property of the event. May be given several times.")
  private Map<String, String> properties = Map.of();

  @Mixin private Sender sender = new Sender();

  @Override
  protected int run(Api api, Screen screen) {
    if (event.isEmpty()) {
      throw misuse("What happened? Give the name of the event, or identify or group.");
    }
    refuseFlaw(sender);
    var members =
        new Fields(Map.of("event", Value.of(event)))
            .with(new Fields(Map.of("properties", Given.fields(properties))));
    sender.send(EventType.TRACK, members, event, api, screen, json());
    return DONE;
  }

  /** Tells a user's traits. */
  @Command(
      name = "identify",
      description = "Says who a user is: their traits.",
      footerHeading = "%nExample:%n",
      footer = "  ./earshot send identify --user ada -p email=ada@example.com -p plan=free")
  static final class IdentifyCommand extends ClientCommand {

    @Option(
        names = {"-p", "-t", "--trait"},
        paramLabel = "NAME=VALUE",
        description = "A trait. May be given several times; null removes one.")
    private Map<String, String> traits = Map.of();

    @Mixin private Sender sender = new Sender();

    @Override
    protected int run(Api api, Screen screen) {
      refuseFlaw(sender);
      var members = new Fields(Map.of("traits", Given.fields(traits)));
      sender.send(EventType.IDENTIFY, members, "the traits", api, screen, json());
      return DONE;
    }
  }

  /** Tells which account a user belongs to, and the account's traits. */
  @Command(
      name = "group",
      description = "Says which account a user belongs to, and the account's traits.",
      footerHeading = "%nExample:%n",
      footer = "  ./earshot send group --user ada --group acme -p name=Acme -p employees=80")
  static final class GroupCommand extends ClientCommand {

    @Option(
        names = {"-g", "--group"},
        paramLabel = "ID",
        required = true,
        description = "The account's id.")
    private String account = "";

    @Option(
        names = {"-p", "-t", "--trait"},
        paramLabel = "NAME=VALUE",
        description = "A trait of the account. May be given several times.")
    private Map<String, String> traits = Map.of();

    @Mixin private Sender sender = new Sender();

    @Override
    protected int run(Api api, Screen screen) {
      refuseFlaw(sender);
      var members =
          new Fields(Map.of("groupId", Value.of(account)))
              .with(new Fields(Map.of("traits", Given.fields(traits))));
      sender.send(EventType.GROUP, members, "the account " + account, api, screen, json());
      return DONE;
    }
  }
}
