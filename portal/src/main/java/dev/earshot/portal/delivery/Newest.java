package dev.earshot.portal.delivery;

import dev.earshot.engine.delivery.DeliveryState.Open;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Keeps the newest of many deliveries, however many there are, and where the next page begins. */
final class Newest {

  private static final Comparator<Open> NEWEST_FIRST =
      Comparator.comparing(DeliveryFilter::at).reversed().thenComparing(Newest::id);

  private final int limit;
  private final Optional<Mark> after;
  private final TreeSet<Open> kept = new TreeSet<>(NEWEST_FIRST);
  private boolean more;
  private int count;

  Newest(int limit, Optional<Mark> after) {
    this.limit = limit;
    this.after = after;
  }

  /** The last delivery of a page. */
  record Mark(Instant at, String id) {

    static Mark of(Open open) {
      return new Mark(DeliveryFilter.at(open), Newest.id(open));
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    static Optional<Mark> of(String text) {
      try {
        var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        int bar = plain.indexOf('|');
        var at = Instant.ofEpochMilli(Long.parseLong(plain, 0, Math.max(0, bar), 10));
        return Optional.of(new Mark(at, plain.substring(bar + 1)));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    String text() {
      var plain = at.toEpochMilli() + "|" + id;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isBefore(Open open) {
      int order = DeliveryFilter.at(open).compareTo(at);
      return order < 0 || (order == 0 && Newest.id(open).compareTo(id) > 0);
    }
  }

  void offer(Open open) {
    count++;
    if (after.filter(mark -> !mark.isBefore(open)).isPresent()) {
      return;
    }
    kept.add(open);
    if (kept.size() > limit) {
      kept.pollLast();
      more = true;
    }
  }

  /** How many there are on all pages. */
  int count() {
    return count;
  }

  List<Open> page() {
    return List.copyOf(kept);
  }

  Optional<Mark> next() {
    return more ? Optional.of(Mark.of(kept.last())) : Optional.empty();
  }

  private static String id(Open open) {
    return open.progress().delivery().id();
  }
}
