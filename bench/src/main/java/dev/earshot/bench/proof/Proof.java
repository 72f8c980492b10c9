package dev.earshot.bench.proof;

import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.load.Events;
import dev.earshot.bench.load.OpenLoop;
import dev.earshot.bench.proof.Ledger.Entry;
import dev.earshot.bench.server.Api;
import dev.earshot.bench.server.Left;
import dev.earshot.bench.server.RawLog;
import dev.earshot.bench.server.Stranger;
import dev.earshot.bench.server.Target;
import dev.earshot.event.Json;
import dev.earshot.event.Value.Fields;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Loads a server, does it harm, waits until it has ended all it took on, and takes the evidence.
 */
final class Proof {

  private static final int RESENDS_MAX = 5;
  private static final int RESENDS_PER_SECOND = 1000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final Plan plan;
  private final Site site;
  private final Load load;
  private final Receiver receiver;
  private final Path folder;
  private final PrintStream err;
  private final Map<Long, Entry> ledger = new TreeMap<>();
  private Set<String> planted = Set.of();
  private int ledgers;

  Proof(Plan plan, Site site, Load load, Receiver receiver, Path folder, PrintStream err) {
    this.plan = plan;
    this.site = site;
    this.load = load;
    this.receiver = receiver;
    this.folder = folder;
    this.err = err;
  }

  Evidence run() throws InterruptedException {
    var other = site.kafkaFile().map(this::settleStranger);
    publish(site.home(), Workspace.HOME);
    other.ifPresent(target -> publish(target, Workspace.OTHER));
    shootAndKill(other);
    site.kafkaFile().map(RawLog::of).ifPresent(this::harm);
    resend(other);
    try (var home = new Api(site.home())) {
      return awaitEnd(home, other);
    }
  }

  private Target settleStranger(Path kafkaFile) {
    return Stranger.settle(RawLog.of(kafkaFile), site.home().server(), load.run());
  }

  private void publish(Target target, Workspace workspace) {
    try (var api = new Api(target)) {
      api.apply(Published.webhooks(receiver.webhooks(workspace), load.run()));
      if (workspace == Workspace.HOME && load.destinations().contains(Destination.MAIL)) {
        api.apply(Published.mail());
      }
    }
  }

  private void shootAndKill(Optional<Target> other) throws InterruptedException {
    var killing = CompletableFuture.runAsync(this::kill);
    long end = System.nanoTime() + plan.atLeast().toNanos();
    do {
      for (var mode : plan.modes()) {
        var phase = load.begin(mode, plan.phaseSeconds(), plan.perSecond());
        err.printf("%s: %,d events at %,d/s%n", mode.word(), phase.count(), phase.perSecond());
        shoot(other, phase.numbers(), phase.perSecond());
      }
    } while (!killing.isDone() || System.nanoTime() - end < 0);
    try {
      killing.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof BenchFailure failure ? failure : e;
    }
  }

  private void kill() {
    try {
      if (site.killer().isPresent()) {
        site.killer().get().kill(plan.kills());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends them at that rate, and keeps what was answered. */
  private void shoot(Optional<Target> other, List<Long> numbers, int perSecond)
      throws InterruptedException {
    var answers = Ledger.create(folder.resolve("ledger-" + load.run() + "-" + ++ledgers));
    new OpenLoop(
            site.home().server(),
            index -> request(other, load.shot(numbers.get((int) index))),
            (index, due, answer) -> answers.note(numbers.get((int) index), due, answer))
        .run(0, perSecond, index -> index < numbers.size());
    answers.seal().forEach((number, entry) -> ledger.merge(number, entry, Entry::then));
  }

  private byte[] request(Optional<Target> other, Shot shot) {
    var target =
        switch (shot.workspace()) {
          case HOME -> site.home();
          case OTHER -> other.orElseThrow();
        };
    return target.post("/v1/track", load.json(shot));
  }

  /** Sends again what was not answered for good, under the same ids, as every good client does. */
  private void resend(Optional<Target> other) throws InterruptedException {
    for (int round = 1; round <= RESENDS_MAX; round++) {
      var open =
          ledger.entrySet().stream()
              .filter(entry -> !entry.getValue().fate().isFinal())
              .map(Map.Entry::getKey)
              .toList();
      if (open.isEmpty()) {
        return;
      }
      err.printf("%,d are sent again%n", open.size());
      shoot(other, open, RESENDS_PER_SECOND);
    }
  }

  /** Writes past the gateway what must be set aside, and what nobody may act on. */
  private void harm(RawLog log) {
    var bad = BadRecords.of(load);
    log.write("events", bad);
    planted = bad.keySet();
    log.writeAndAbort("attempts", load.mark("phantom"), BadRecords.phantom(load));
  }

  /** Until the server has ended all it took on, and all that is owed is here or no more comes. */
  private Evidence awaitEnd(Api home, Optional<Target> other) throws InterruptedException {
    var settling = new Settling(home::left, LOOK_EVERY, err);
    long fewest = Long.MAX_VALUE;
    for (long since = System.nanoTime(); ; Thread.sleep(LOOK_EVERY)) {
      var evidence = evidence(home, other, settling.await(plan.within()));
      long outstanding = Checks.outstanding(evidence);
      boolean patient = System.nanoTime() - since < plan.patience().toNanos();
      boolean fewer = outstanding < fewest;
      if (outstanding == 0 || !evidence.left().equals(Left.NOTHING) || (!fewer && !patient)) {
        return evidence;
      }
      if (fewer) {
        fewest = outstanding;
        since = System.nanoTime();
        err.printf("waiting for %,d facts and messages%n", outstanding);
      }
    }
  }

  private Evidence evidence(Api home, Optional<Target> other, Left left) {
    // First what was sent: whatever was decided for it to be sent is in the log by now.
    var arrivals = receiver.arrivals();
    List<Heard> facts = new ArrayList<>();
    var withheld = new HashSet<Long>();
    read(home, Workspace.HOME, facts, withheld);
    other.ifPresent(target -> {
      try (var api = new Api(target)) {
        read(api, Workspace.OTHER, facts, withheld);
      }
    });
    var quarantined = new HashSet<Long>();
    var setAside = new HashSet<String>();
    about(
        home,
        "quarantine",
        entry -> {
          load.namedBy(entry.at("document.messageId").shown())
              .ifPresent(named -> quarantined.add(named.event()));
          setAside.add(entry.at("document.key").shown());
        });
    return new Evidence(
        load,
        ledger,
        facts,
        arrivals,
        withheld,
        quarantined,
        planted,
        setAside,
        dead(home),
        receiver.strayed(),
        site.killer().map(Killer::deaths).orElse(List.of()),
        left);
  }

  /** Only events that were heard count here: what came of them may well name them again. */
  private void read(Api api, Workspace in, List<Heard> facts, Set<Long> withheld) {
    about(
        api,
        "facts",
        fact -> {
          if (fact.get("kind").shown().equals("heard")) {
            load.namedBy(fact.at("event.id").shown())
                .ifPresent(named -> facts.add(new Heard(in, named)));
          }
        });
    about(
        api,
        "decisions",
        decision -> {
          if (decision.get("verdict").shown().equals("not-entered")) {
            load.namedBy(decision.get("cause").shown())
                .ifPresent(named -> withheld.add(named.event()));
          }
        });
  }

  /** Shows the records of a topic that have to do with this load. */
  private void about(Api api, String topic, Consumer<Fields> visitor) {
    api.tail(
        topic,
        line -> {
          if (line.contains(load.mark(""))
              && Json.parseFields(Events.bytes(line)).get("value") instanceof Fields value) {
            visitor.accept(value);
          }
        });
  }

  private Map<Destination, Long> dead(Api home) {
    var dead = new EnumMap<Destination, Long>(Destination.class);
    for (var to : Destination.webhooks()) {
      dead.put(to, home.dead(Published.id(to, load.run())));
    }
    return dead;
  }
}
