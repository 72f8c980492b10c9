package dev.earshot.portal.delivery;

import dev.earshot.engine.delivery.DeliveryState.Dead;
import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Nothing;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Truth;
import dev.earshot.event.Value.Whole;
import dev.earshot.portal.http.Answer;
import dev.earshot.portal.http.Call;
import dev.earshot.portal.http.Endpoint;
import dev.earshot.portal.http.Problem;
import dev.earshot.portal.http.Refusal;
import dev.earshot.portal.log.Entries;
import dev.earshot.stream.LogReader;
import dev.earshot.stream.LogReader.Entry;
import dev.earshot.stream.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Lists and shows deliveries, and redrives or discards dead ones. */
public final class DeliveryEndpoints implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LIMIT = 20;
  private static final int LIMIT_MAX = 500;
  private static final int OUTCOMES_MAX = 100;
  private static final int PER_SECOND = 50;
  private static final int PER_SECOND_MAX = 1000;

  /** One order is about this many at most; the rest is for the next. */
  private static final int MASS_MAX = 100_000;

  private static final Set<String> STATES = Set.of("in-flight", "waiting", "dead");

  private final Deliveries deliveries;
  private final LogReader log;
  private final InstantSource clock;
  private final Orders orders;
  private final MassOrders massOrders;

  public DeliveryEndpoints(Deliveries deliveries, LogReader log, InstantSource clock) {
    this.deliveries = deliveries;
    this.log = log;
    this.clock = clock;
    this.orders = new Orders(deliveries);
    this.massOrders = new MassOrders(deliveries, orders);
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/api/deliveries",
            Set.of("state", "journey", "destination", "reason", "limit", "after"),
            this::list),
        Endpoint.get("/api/deliveries/order", Set.of(), this::latestOrder),
        Endpoint.get("/api/deliveries/{id}", Set.of(), this::show),
        Endpoint.order("/api/deliveries/{id}/redrive", call -> one(OrderKind.REDRIVE, call)),
        Endpoint.order("/api/deliveries/{id}/discard", call -> one(OrderKind.DISCARD, call)),
        Endpoint.post("/api/deliveries/redrive", Set.of(), call -> many(OrderKind.REDRIVE, call)),
        Endpoint.post("/api/deliveries/discard", Set.of(), call -> many(OrderKind.DISCARD, call)));
  }

  private Answer list(Call call) {
    var filter =
        new DeliveryFilter(
            call.workspace(),
            state(call),
            call.text("journey"),
            call.text("destination"),
            call.text("reason"));
    var newest = newest(filter, call.count("limit", LIMIT, LIMIT_MAX), after(call));
    return Answer.object(json -> {
      json.member("count", newest.count()).name("deliveries").openItems();
      newest.page().forEach(open -> DeliveryPages.summary(json, open));
      json.closeItems();
      newest.next().ifPresent(mark -> json.member("next", mark.text()));
    });
  }

  private Newest newest(DeliveryFilter filter, int limit, Optional<Newest.Mark> after) {
    var newest = new Newest(limit, after);
    deliveries.each(open -> {
      if (filter.matches(open)) {
        newest.offer(open);
      }
    });
    return newest;
  }

  private static Optional<String> state(Call call) {
    return call.text("state")
        .map(word -> {
          if (!STATES.contains(word)) {
            throw Call.wrong("state", "in-flight, waiting or dead", word);
          }
          return word;
        });
  }

  private static Optional<Newest.Mark> after(Call call) {
    return call.text("after")
        .map(text ->
            Newest.Mark.of(text)
                .orElseThrow(() -> Call.wrong("after", "the next of an earlier page", text)));
  }

  private Answer show(Call call) {
    var id = call.variable("id");
    return find(call, id)
        .map(open -> Answer.object(json -> DeliveryPages.whole(json, open)))
        .orElseGet(() -> ended(call, id));
  }

  private Answer ended(Call call, String id) {
    Predicate<Entry> ours = Entries.of(call.workspace());
    var attempts =
        log.latest(
            Topic.ATTEMPTS,
            ours.and(entry -> Entries.value(entry).at("delivery.id").equals(Value.of(id))),
            1,
            PATIENCE);
    var outcomes =
        log.latest(
            Topic.OUTCOMES, ours.and(Entries.with("deliveryId", id)), OUTCOMES_MAX, PATIENCE);
    if (attempts.entries().isEmpty() && outcomes.entries().isEmpty()) {
      return Answer.failed(unknown(id));
    }
    var attempt =
        attempts.entries().isEmpty() ? Fields.EMPTY : Entries.value(attempts.entries().getFirst());
    return Answer.object(json -> DeliveryPages.ended(json, id, attempt, outcomes.entries()));
  }

  private Answer one(OrderKind kind, Call call) {
    var id = call.variable("id");
    var open = find(call, id).orElseThrow(() -> new Refusal(unknown(id)));
    if (!(open instanceof Dead dead)) {
      return Answer.failed(
          Problem.conflict(
              "not_dead",
              id + " is " + DeliveryFilter.state(open) + "; only a dead delivery takes orders."));
    }
    orders.give(kind, dead, call.admin().signature());
    return Answer.object(202, json -> json.member("id", id).member("ordered", kind.word()));
  }

  private Optional<Open> find(Call call, String id) {
    return deliveries
        .find(id)
        .filter(open -> open.progress().delivery().subject().workspace().equals(call.workspace()));
  }

  private static Problem unknown(String id) {
    return Problem.notFound("unknown_delivery", "Nothing is known of a delivery " + id + ".");
  }

  private Answer many(OrderKind kind, Call call) {
    var request = call.document(Set.of("journey", "destination", "reason", "dryRun", "perSecond"));
    var filter =
        new DeliveryFilter(
            call.workspace(),
            Optional.of("dead"),
            text(request, "journey"),
            text(request, "destination"),
            text(request, "reason"));
    boolean dryRun = truth(request, "dryRun");
    int perSecond = perSecond(request.get("perSecond"));
    var ids = oldestFirst(filter);
    var order = new MassOrder(kind, ids, perSecond, call.admin().signature(), clock.instant());
    if (dryRun) {
      return Answer.object(json -> json.member("count", ids.size()).name("dryRun").truth(true));
    }
    massOrders.start(call.workspace(), order);
    return Answer.object(202, order::write);
  }

  private List<String> oldestFirst(DeliveryFilter filter) {
    List<Newest.Mark> found = new ArrayList<>();
    deliveries.each(open -> {
      if (found.size() < MASS_MAX && filter.matches(open)) {
        found.add(Newest.Mark.of(open));
      }
    });
    return found.stream()
        .sorted(Comparator.comparing(Newest.Mark::at))
        .map(Newest.Mark::id)
        .toList();
  }

  private Answer latestOrder(Call call) {
    return massOrders
        .latest(call.workspace())
        .map(order -> Answer.object(order::write))
        .orElseGet(() ->
            Answer.failed(
                Problem.notFound(
                    "no_order", "No order about many was given since the server started.")));
  }

  private static Optional<String> text(Fields request, String name) {
    return switch (request.get(name)) {
      case Nothing _ -> Optional.empty();
      case Text(var text) when !text.isEmpty() -> Optional.of(text);
      default -> throw bad(name + " must be a text.");
    };
  }

  private static boolean truth(Fields request, String name) {
    return switch (request.get(name)) {
      case Nothing _ -> false;
      case Truth(var truth) -> truth;
      default -> throw bad(name + " must be true or false.");
    };
  }

  private static int perSecond(Value value) {
    return switch (value) {
      case Nothing _ -> PER_SECOND;
      case Whole(var number) when number >= 1 && number <= PER_SECOND_MAX -> (int) number;
      default -> throw bad("perSecond must be a whole number from 1 to " + PER_SECOND_MAX + ".");
    };
  }

  private static Refusal bad(String detail) {
    return new Refusal(Problem.badRequest("bad_member", detail));
  }

  /** Breaks off what is being carried out. */
  @Override
  public void close() {
    massOrders.close();
  }
}
