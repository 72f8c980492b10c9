package dev.earshot.engine.journey;

import dev.earshot.event.Json;
import dev.earshot.event.Properties;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lays traits over traits, within limits. */
final class Traits {

  /** Fewer of them, or fewer bytes: whichever comes first. */
  record Limit(int count, int bytes) {}

  static final Limit USER = new Limit(300, 16 * 1024);
  static final Limit ACCOUNT = new Limit(100, 4 * 1024);

  private Traits() {}

  /**
   * Traits within a limit.
   *
   * @param dropped how many were given up, the oldest first
   */
  record Kept(Properties traits, int dropped) {}

  /** Newer traits over older ones; a trait without value removes the older one. */
  static Kept merged(Properties older, Properties newer, Limit limit) {
    if (newer.isEmpty()) {
      return new Kept(older, 0);
    }
    var before = older.fields();
    var after = before.with(newer.fields());
    return after.equals(before) ? new Kept(older, 0) : bounded(after, newer.fields(), limit);
  }

  // Traits that were said just now are given up last.
  private static Kept bounded(Fields traits, Fields newest, Limit limit) {
    var json = Json.bytes(traits);
    if (traits.fields().size() <= limit.count() && json.length <= limit.bytes()) {
      return new Kept(traits.fields().isEmpty() ? Properties.EMPTY : Properties.of(json), 0);
    }
    var kept = new LinkedHashMap<String, Value>();
    traits
        .fields()
        .forEach((name, value) -> {
          if (!newest.fields().containsKey(name)) {
            kept.put(name, value);
          }
        });
    newest
        .fields()
        .forEach((name, value) -> {
          if (traits.fields().containsKey(name)) {
            kept.put(name, value);
          }
        });
    int before = kept.size();
    int bytes = json.length;
    var oldest = kept.entrySet().iterator();
    while (oldest.hasNext() && (kept.size() > limit.count() || bytes > limit.bytes())) {
      var entry = oldest.next();
      // Whoever unsubscribed stays so, however much is said of them.
      if (entry.getKey().equals(Subscription.TRAIT)) {
        continue;
      }
      bytes -= Json.bytes(new Fields(Map.of(entry.getKey(), entry.getValue()))).length - 1;
      oldest.remove();
    }
    return new Kept(Properties.of(new Fields(kept)), before - kept.size());
  }
}
