package dev.earshot.portal.log;

import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.portal.http.Answer;
import dev.earshot.portal.http.Call;
import dev.earshot.portal.http.Endpoint;
import dev.earshot.portal.http.LineSink;
import dev.earshot.portal.http.Problem;
import dev.earshot.portal.http.Refusal;
import dev.earshot.stream.LogReader;
import dev.earshot.stream.LogReader.Entry;
import dev.earshot.stream.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Follows a topic of the log, a record a line. Memory is bounded by one chunk: the reader waits
 * while the client does not read. An empty line says that the server is still there.
 */
public final class TailEndpoints {

  private final LogReader log;

  public TailEndpoints(LogReader log) {
    this.log = log;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/api/tail/{topic}", Set.of("follow", "fromBeginning", "user", "name"), this::tail));
  }

  private Answer tail(Call call) {
    var topic = topic(call.variable("topic"));
    boolean follow = call.flag("follow", true);
    boolean fromBeginning = call.flag("fromBeginning", false);
    var filter = filter(call);
    return new Answer.Lines(
        sink -> log.follow(topic, fromBeginning, new Lines(sink, filter, follow)));
  }

  private static Topic topic(String word) {
    return Arrays.stream(Topic.values())
        .filter(topic -> topic.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                Problem.notFound(
                    "unknown_topic",
                    "There is no topic " + word + "; there are " + words() + ".")));
  }

  private static String words() {
    return String.join(", ", Arrays.stream(Topic.values()).map(Topic::word).toList());
  }

  private static Predicate<Entry> filter(Call call) {
    Predicate<Entry> filter = Entries.of(call.workspace()).and(TailEndpoints::isNoKey);
    var user = call.text("user");
    if (user.isPresent()) {
      filter = filter.and(Entries.about(user.get()));
    }
    var name = call.text("name");
    return name.isPresent() ? filter.and(Entries.named(name.get())) : filter;
  }

  /** Not even the hash of a key is shown. */
  private static boolean isNoKey(Entry entry) {
    return entry.topic() != Topic.DEFINITIONS || !entry.kind().equals(DefinitionKind.KEY.word());
  }

  private static final class Lines implements LogReader.Visitor {

    private static final int VISITS_WITHOUT_FLUSH_MAX = 1000;

    private final LineSink sink;
    private final Predicate<Entry> filter;
    private final boolean follow;
    private int visits;

    Lines(LineSink sink, Predicate<Entry> filter, boolean follow) {
      this.sink = sink;
      this.filter = filter;
      this.follow = follow;
    }

    @Override
    public boolean visit(Entry entry) {
      if (filter.test(entry)) {
        sink.line(EntryJson.line(entry));
      }
      if (++visits % VISITS_WITHOUT_FLUSH_MAX == 0) {
        sink.flush();
      }
      return sink.open();
    }

    @Override
    public boolean caughtUp() {
      sink.flush();
      return follow && sink.open();
    }
  }
}
