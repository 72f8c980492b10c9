package dev.earshot.stream.host;

import dev.earshot.engine.delivery.DeliveryState.Open;
import dev.earshot.engine.delivery.DeliveryStateCodec;
import dev.earshot.engine.journey.UserState;
import dev.earshot.engine.journey.UserStateCodec;
import dev.earshot.event.Subject;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
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

  private final KafkaStreams streams;

  StateReader(KafkaStreams streams) {
    this.streams = streams;
  }

  /** What is known of a subject; {@link UserState.Unknown} when nothing is. */
  public UserState user(Subject subject) {
    return read(store ->
        Optional.ofNullable(store.get(Section.USERS.key(subject.key())))
            .map(stored -> UserStateCodec.read(Envelope.read(stored).state()))
            .orElse(UserState.Unknown.UNKNOWN));
  }

  /** A delivery by its id; empty when it has ended, or never was. */
  public Optional<Open> delivery(String id) {
    return read(store ->
        Optional.ofNullable(store.get(Section.DELIVERIES.key(id))).flatMap(StateReader::open));
  }

  /** Shows each delivery that has not ended to the visitor, in no particular order. */
  public void deliveries(Consumer<Open> visitor) {
    read(store -> {
      try (var entries = store.range(Section.DELIVERIES.begin(), Section.DELIVERIES.end())) {
        entries.forEachRemaining(entry -> open(entry.value).ifPresent(visitor));
      }
      return true;
    });
  }

  private static Optional<Open> open(byte[] stored) {
    return DeliveryStateCodec.read(Envelope.read(stored).state()) instanceof Open open
        ? Optional.of(open)
        : Optional.empty();
  }

  private <T> T read(Function<ReadOnlyKeyValueStore<Bytes, byte[]>, T> question) {
    try {
      return question.apply(
          streams.store(
              StoreQueryParameters.fromNameAndType(
                  HostStores.STATE, QueryableStoreTypes.keyValueStore())));
    } catch (InvalidStateStoreException e) {
      throw new StateUnavailable(e);
    }
  }
}
