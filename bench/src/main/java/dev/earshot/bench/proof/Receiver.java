package dev.earshot.bench.proof;

import dev.earshot.bench.load.Wire;
import dev.earshot.bench.sink.MailSink;
import dev.earshot.bench.sink.Reply;
import dev.earshot.bench.sink.Sink;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** All destinations of a proof: answers as each of them does, and writes down what arrived. */
final class Receiver implements AutoCloseable {

  private static final String FORBIDDEN = "/forbidden";

  /**
   * To one of so many messages a bad destination is bad, and of so many connections one is reset.
   */
  private static final int BAD_EVERY = 4;

  private final Load load;
  private final Map<Destination, Set<String>> keys = new EnumMap<>(Destination.class);
  private final List<Arrival> arrivals = new ArrayList<>();
  private final AtomicLong strayed = new AtomicLong();
  private final Sink sink = Sink.start(this::arrived);
  private final Sink shut = Sink.start(new Shut());
  private final MailSink mail = MailSink.start(this::arrived);

  Receiver(Load load) {
    this.load = load;
  }

  /** Where the webhooks of a workspace go. */
  Map<Destination, URI> webhooks(Workspace workspace) {
    var urls = new EnumMap<Destination, URI>(Destination.class);
    for (var to : Destination.webhooks()) {
      var door = to == Destination.SHUT ? shut : sink;
      urls.put(to, door.url("/" + workspace.word() + "/" + to.word()));
    }
    return urls;
  }

  int mailPort() {
    return mail.port();
  }

  synchronized List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  long strayed() {
    return strayed.get();
  }

  @Override
  public void close() {
    sink.close();
    shut.close();
    mail.close();
  }

  private Reply arrived(long nanos, Wire.Message request) {
    var path = request.second().split("/", -1);
    if (path.length != 3) {
      strayed.incrementAndGet();
      return Reply.ok();
    }
    var at = path[1].equals(Workspace.HOME.word()) ? Workspace.HOME : Workspace.OTHER;
    var to = Destination.of(path[2]).orElseThrow();
    var key = request.header("webhook-id").orElse("none");
    var reply = to.reply(isBadTo(key, to), request.body(), sink.url(FORBIDDEN));
    note(key, at, to, request.body(), nanos, reply.takes());
    return reply;
  }

  private void arrived(long nanos, String id, String text) {
    note(id, Workspace.HOME, Destination.MAIL, text, nanos, true);
  }

  /** The first time that it sees a message, and not to every one. */
  private synchronized boolean isBadTo(String key, Destination to) {
    var seen = keys.computeIfAbsent(to, _ -> new HashSet<>());
    return seen.add(key) && seen.size() % BAD_EVERY == 1;
  }

  /** What is of another load, such as a straggler of an earlier one, is not looked at. */
  private void note(
      String key, Workspace at, Destination to, String body, long nanos, boolean taken) {
    load.named(body)
        .ifPresent(event -> {
          synchronized (this) {
            arrivals.add(new Arrival(key, at, to, event, nanos, taken));
          }
        });
  }

  private final class Shut implements Sink.Visitor {
    private final AtomicInteger connections = new AtomicInteger();

    @Override
    public Reply arrived(long nanos, Wire.Message request) {
      return Receiver.this.arrived(nanos, request);
    }

    @Override
    public boolean admits() {
      return connections.getAndIncrement() % BAD_EVERY != 0;
    }
  }
}
