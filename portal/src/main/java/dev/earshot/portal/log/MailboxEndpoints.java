package dev.earshot.portal.log;

import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value.Fields;
import dev.earshot.portal.http.Answer;
import dev.earshot.portal.http.Call;
import dev.earshot.portal.http.Endpoint;
import dev.earshot.portal.http.Problem;
import dev.earshot.stream.LogReader;
import dev.earshot.stream.LogReader.Entry;
import dev.earshot.stream.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Shows the mail that was kept because no SMTP server is configured. */
public final class MailboxEndpoints {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LIMIT = 20;
  private static final int LIMIT_MAX = 200;

  /** What a list leaves out: it may be long. */
  private static final Set<String> CONTENT = Set.of("html", "text", "headers");

  private final LogReader log;

  public MailboxEndpoints(LogReader log) {
    this.log = log;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/mailbox", Set.of("limit", "to"), this::list),
        Endpoint.get("/api/mailbox/{id}", Set.of(), this::show));
  }

  private Answer list(Call call) {
    var filter =
        call.text("to")
            .map(to -> Entries.of(call.workspace()).and(Entries.with("to", to)))
            .orElseGet(() -> Entries.of(call.workspace()));
    var page = log.latest(Topic.MAILBOX, filter, call.count("limit", LIMIT, LIMIT_MAX), PATIENCE);
    return Answer.object(json -> {
      json.name("mails").openItems();
      page.entries().forEach(mail -> write(json.open(), mail, CONTENT).close());
      json.closeItems().name("complete").truth(page.complete());
    });
  }

  private Answer show(Call call) {
    var id = call.variable("id");
    Predicate<Entry> filter = Entries.of(call.workspace()).and(Entries.with("id", id));
    var found = log.latest(Topic.MAILBOX, filter, 1, PATIENCE).entries();
    return found.isEmpty()
        ? Answer.failed(Problem.notFound("unknown_mail", "There is no mail " + id + "."))
        : Answer.object(json -> write(json, found.getFirst(), Set.of()));
  }

  private static JsonWriter write(JsonWriter json, Entry mail, Set<String> without) {
    Fields value = Entries.value(mail);
    json.member("at", mail.at());
    value
        .fields()
        .forEach((name, member) -> {
          if (!without.contains(name) && !name.equals("kind") && !name.equals("at")) {
            json.name(name).value(member);
          }
        });
    return json;
  }
}
