package dev.earshot.app.demo;

import dev.earshot.app.cli.Api;
import dev.earshot.app.cli.CommandFailure;
import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Watches, as anyone could, what the server decides and what becomes of its messages. */
final class Audience {

  /** Texts and numbers of one person. */
  private static final Pattern OWN = Pattern.compile("\"[^\"]*\"|\\S*\\d\\S*");

  /** The same where numbers of the rule stand beside them: counts, texts and dates. */
  private static final Pattern COUNTED =
      Pattern.compile("\"[^\"]*\"|\\d+(?= of | times)|\\d{4}-\\d\\d-\\S*");

  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
  private volatile @Nullable String blindness;

  Audience() {
    Journeys.IDS.forEach(id -> tallies.put(id, new Tally()));
  }

  /** Begins to watch; ends when the API is closed. */
  void watch(Api api) {
    follow(api, "/api/tail/decisions", this::decided);
    follow(api, "/api/tail/facts?name=Message%20Delivered", this::delivered);
    follow(api, "/api/tail/facts?name=Message%20Failed", this::failed);
  }

  Tally tally(String journey) {
    return tallies.getOrDefault(journey, new Tally());
  }

  /** Whether nothing is on its way any more. */
  boolean isServed() {
    return tallies.values().stream().allMatch(Tally::isServed);
  }

  /** Why nothing, or not all, was seen. */
  Optional<String> blindness() {
    return Optional.ofNullable(blindness);
  }

  /** A few words for the progress bar. */
  String glance() {
    long entered = 0;
    long sent = 0;
    long delivered = 0;
    for (var tally : tallies.values()) {
      entered += tally.entered();
      sent += tally.sent();
      delivered += tally.delivered();
    }
    return ", " + entered + " entered, " + sent + " sent, " + delivered + " delivered";
  }

  private void follow(Api api, String path, Consumer<Fields> each) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            api.lines(path, line -> see(line, each));
          } catch (CommandFailure e) {
            blindness = e.getMessage();
          }
        });
  }

  private static boolean see(String line, Consumer<Fields> each) {
    if (!line.isBlank()
        && Json.own(line) instanceof Fields entry
        && entry.get("value") instanceof Fields value) {
      each.accept(value);
    }
    return true;
  }

  private void decided(Fields decision) {
    of(decision.get("journey"))
        .ifPresent(tally ->
            tally.decided(
                decision.get("verdict").shown(),
                decision.get("subject").shown(),
                reason(decision)));
  }

  private void delivered(Fields fact) {
    of(fact.at("event.properties.journey")).ifPresent(Tally::delivers);
  }

  private void failed(Fields fact) {
    of(fact.at("event.properties.journey")).ifPresent(Tally::fails);
  }

  private Optional<Tally> of(Value journey) {
    return Optional.ofNullable(tallies.get(journey.shown()));
  }

  /** Which gate stopped it, in words that are the same for everybody it stopped so. */
  private static String reason(Fields decision) {
    if (decision.get("gates") instanceof Items(var gates)) {
      for (var gate : gates) {
        if (gate instanceof Fields fields && fields.get("passed").equals(Value.of(false))) {
          return common(fields.get("explanation").shown());
        }
      }
    }
    return "";
  }

  /**
   * {@code account employees is 12 (wanted: at least 50)} without the 12, and {@code 2 of 3 within
   * 24 h; the third is 5 min outside the window} without the 2 and the rest.
   */
  static String common(String explanation) {
    int wanted = explanation.indexOf(" (wanted:");
    if (wanted >= 0) {
      return OWN.matcher(explanation.substring(0, wanted)).replaceAll("…")
          + explanation.substring(wanted);
    }
    return COUNTED.matcher(explanation.split(";", 2)[0]).replaceAll("…");
  }
}
