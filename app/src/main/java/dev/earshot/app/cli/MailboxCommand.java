package dev.earshot.app.cli;

import dev.earshot.event.Value.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the mail that was kept because no SMTP server is configured. */
@Command(
    name = "mailbox",
    subcommands = {MailboxCommand.ListCommand.class, MailboxCommand.ShowCommand.class},
    description = {
      "Shows the mail that Earshot kept in its built-in mailbox instead of sending it out, because"
          + " no SMTP server is configured.",
      "Without a subcommand it lists the latest."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./earshot mailbox",
      "  ./earshot mailbox list --to ada@example.com",
      "  ./earshot mailbox show ID               one mail, as text",
      "  ./earshot mailbox show ID --html > mail.html"
    })
final class MailboxCommand extends ClientCommand {

  private static final int LIMIT = 20;

  @Override
  protected int run(Api api, Screen screen) {
    return list(api, screen, null, LIMIT, json());
  }

  private static int list(Api api, Screen screen, @Nullable String to, int limit, boolean json) {
    var path = Query.of("/api/mailbox").with("limit", limit).with("to", to).path();
    var mails = Shown.items(Shown.fields(api.get(path)).get("mails"));
    if (json) {
      mails.forEach(screen::json);
    } else if (mails.isEmpty()) {
      screen.line("The mailbox is empty" + (to == null ? "." : " for " + to + "."));
    } else {
      print(mails, screen);
    }
    return DONE;
  }

  private static void print(List<Fields> mails, Screen screen) {
    var table = new Table("AT", "TO", "SUBJECT", "ID");
    for (var mail : mails) {
      table.row(
          Shown.dateAndTime(mail.get("at")),
          mail.get("to").shown(),
          mail.get("subject").shown(),
          mail.get("id").shown());
    }
    table.print(screen);
  }

  /** Lists the latest mail. */
  @Command(
      name = "list",
      description = "Lists the latest mail in the mailbox.",
      footerHeading = "%nExample:%n",
      footer = "  ./earshot mailbox list --to ada@example.com --limit 5")
  static final class ListCommand extends ClientCommand {

    @Option(names = "--to", paramLabel = "ADDRESS", description = "Only mail to this address.")
    private @Nullable String to;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "At most this many. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    protected int run(Api api, Screen screen) {
      return list(api, screen, to, limit, json());
    }
  }

  /** Shows one mail. */
  @Command(
      name = "show",
      description = "Shows one mail: its headers and its text.",
      footerHeading = "%nExample:%n",
      footer = "  ./earshot mailbox show ID --html > mail.html && open mail.html")
  static final class ShowCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The id that the list shows.")
    private String id = "";

    @Option(names = "--html", description = "Print the HTML as it is, and nothing else.")
    private boolean html;

    @Override
    protected int run(Api api, Screen screen) {
      var mail = Shown.fields(api.get(Query.of("/api/mailbox", id).path()));
      if (json()) {
        screen.json(mail);
      } else if (html) {
        screen.line(mail.get("html").shown());
      } else {
        print(mail, screen);
      }
      return DONE;
    }

    private static void print(Fields mail, Screen screen) {
      for (var header : List.of("from", "to", "subject")) {
        screen.line(screen.ink().faint(capitalised(header) + ": ") + mail.get(header).shown());
      }
      screen.line(screen.ink().faint("Date: ") + Shown.dateAndTime(mail.get("at")));
      screen.blank();
      var text = mail.get("text").shown();
      screen.line(text.isBlank() ? HtmlText.of(mail.get("html").shown()) : text.strip());
    }

    private static String capitalised(String word) {
      return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
  }
}
