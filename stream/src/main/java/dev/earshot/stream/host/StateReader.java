package dev.earshot.stream.host;

import dev.earshot.engine.delivery.DeliveryState;
import dev.earshot.engine.delivery.DeliveryStateCodec;
import dev.earshot.engine.journey.UserState;
import dev.earshot.engine.journey.UserStateCodec;
import dev.earshot.event.Subject;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What the host knows of the subjects and deliveries of this node's partitions, as of now. */
public final class StateReader {

  /** The host has no state to show now: it starts, restores or has ended. */
  public static final class StateUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateUnavailable(Throwable cause) {
      super("The state is being restored; try again in a moment.", cause);
    }
  }

  /** One delivery that has not ended. */
  public record Known(String id, DeliveryState state) {}

  /**
   * Some deliveries, in the order of their ids.
   *
   * @param next the id after which the next page begins, absent at the end
   */
  public record Page(List<Known> deliveries, Optional<String> next) {}

  private final KafkaStreams streams;

  StateReader(KafkaStreams streams) {
    this.streams = streams;
  }

  /** What is known of a subject; {@link UserState.Unknown} when nothing is. */
  public UserState user(Subject subject) {
    return read(
        UserHosting.NAME,
        store ->
            Optional.ofNullable(store.get(subject.key()))
                .map(stored -> UserStateCodec.read(Envelope.read(stored).state()))
                .orElse(UserState.Unknown.UNKNOWN));
  }

  /** A delivery that has not ended; empty when it has, or never was. */
  public Optional<Known> delivery(String id) {
    return read(
        DeliveryHosting.NAME,
        store -> Optional.ofNullable(store.get(id)).map(stored -> known(id, stored)));
  }

  /**
   * Deliveries that have not ended and pass the filter, from the first id after {@code after}. It
   * looks at all of them: each partition has its own order.
   */
  public Page deliveries(Predicate<Known> filter, int limit, Optional<String> after) {
    return read(
        DeliveryHosting.NAME,
        store -> {
          var found = new TreeMap<String, Known>();
          try (var entries = after.isPresent() ? store.range(after.get(), null) : store.all()) {
            while (entries.hasNext()) {
              var entry = entries.next();
              var known = known(entry.key, entry.value);
              if (after.filter(entry.key::equals).isEmpty() && filter.test(known)) {
                found.put(entry.key, known);
              }
              if (found.size() > limit + 1) {
                found.pollLastEntry();
              }
            }
          }
          return page(found, limit);
        });
  }

  private static Page page(NavigableMap<String, Known> found, int limit) {
    if (found.size() <= limit) {
      return new Page(List.copyOf(found.values()), Optional.empty());
    }
    found.pollLastEntry();
    return new Page(List.copyOf(found.values()), Optional.of(found.lastKey()));
  }

  private static Known known(String id, byte[] stored) {
    return new Known(id, DeliveryStateCodec.read(Envelope.read(stored).state()));
  }

  private <T> T read(String store, Function<ReadOnlyKeyValueStore<String, byte[]>, T> question) {
    try {
      return question.apply(
          streams.store(
              StoreQueryParameters.fromNameAndType(
                  HostStores.states(store), QueryableStoreTypes.keyValueStore())));
    } catch (InvalidStateStoreException e) {
      throw new StateUnavailable(e);
    }
  }
}
