package dev.earshot.app.demo;

import dev.earshot.app.cli.Answer;
import dev.earshot.app.cli.Api;
import dev.earshot.app.cli.CommandFailure;
import dev.earshot.app.cli.MessageBatch;
import dev.earshot.app.cli.Patience;
import dev.earshot.app.cli.ProgressBar;
import dev.earshot.app.cli.Screen;
import dev.earshot.event.Json;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Whole;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One playing of a product to a server: its journeys, its past, its present in quick motion, and
 * then the time it takes until everything has been delivered.
 */
final class Demo {

  /** How much of the product's time passes live. */
  private static final Duration LIVE_SPAN = Duration.ofDays(2);

  private static final Duration APPLYING_MAX = Duration.ofMinutes(1);
  private static final Duration CATCHING_UP_MAX = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(250);

  /** The log is never quite still: time itself goes through it. */
  private static final long LAG_MAX = 100;

  private static final Duration STEP = Duration.ofMillis(50);

  private final Product product;
  private final Instant now;
  private final Pace pace;
  private final Api api;
  private final Screen screen;
  private final Audience audience = new Audience();
  private final Crowd crowd = new Crowd();

  Demo(Product product, Instant now, Pace pace, Api api, Screen screen) {
    this.product = product;
    this.now = now;
    this.pace = pace;
    this.api = api;
    this.screen = screen;
  }

  /**
   * How long things take here.
   *
   * @param live how long the product is played live
   * @param silence what the journeys take for a week without any event
   * @param settling how long after the last silence a message may still be on its way
   * @param patience how long after the last silence nobody waits any more
   */
  record Pace(Duration live, Duration silence, Duration settling, Duration patience) {

    private static final Duration SILENCE_MIN = Duration.ofSeconds(5);

    static Pace of(Duration live) {
      var third = live.dividedBy(3);
      var silence = third.compareTo(SILENCE_MIN) < 0 ? SILENCE_MIN : third;
      return new Pace(live, silence, Duration.ofSeconds(2), Duration.ofSeconds(20));
    }
  }

  Summary play() {
    applyJourneys();
    audience.watch(api);
    playHistory();
    catchUp();
    playLive();
    awaitTheEnd();
    return new Summary(crowd, audience);
  }

  private void applyJourneys() {
    var journeys = Json.bytes(Journeys.files(pace.silence()).request(false));
    Supplier<CompletableFuture<Answer>> apply =
        () -> api.askAsync("/api/definitions/apply?dryRun=false", journeys);
    // A server that is not there is told of at once; a busy one is waited for.
    api.get("/api/definitions");
    var answer = new Patience(api, APPLYING_MAX).answer(apply.get(), apply);
    if (!answer.isSuccess()) {
      throw new CommandFailure("The journeys of the demo were not accepted: " + answer.refusal());
    }
    screen.remark(
        "Applied the journeys case-study, tutorial and re-engagement; silence is "
            + pace.silence().toSeconds()
            + " s here, not 7 days.");
  }

  private void playHistory() {
    var bar = new ProgressBar("History", screen);
    var courier = new Courier("/v1/history", api);
    var start = now;
    var batch = new MessageBatch();
    while (product.hasNext() && !product.peek().at().isAfter(now)) {
      var message = product.next();
      start = crowd.isEmpty() ? message.at() : start;
      crowd.add(message, false);
      byte[] json = message.json();
      if (!batch.hasRoom(json.length)) {
        courier.send(batch);
        batch = new MessageBatch();
        bar.show(share(start, message.at()), counted(crowd.past(), bar));
      }
      batch.add(json);
    }
    courier.send(batch);
    courier.arrive();
    bar.end("Imported " + counted(crowd.past(), bar) + " of history.");
  }

  /** What is decided too late would not be seen, so live begins when the past has been heard. */
  private void catchUp() {
    var bar = new ProgressBar("Hearing it", screen);
    long most = 1;
    for (long lag = lag(); lag > LAG_MAX && bar.seconds() < seconds(CATCHING_UP_MAX); lag = lag()) {
      most = Math.max(most, lag);
      bar.show(1 - (double) lag / most, String.format(Locale.ROOT, "%,d events to go", lag));
      sleep(POLL);
    }
    bar.end(String.format(Locale.ROOT, "Heard it all %.1f s later.", bar.seconds()));
  }

  /** How many records of the log have not been decided about. */
  private long lag() {
    long lag = 0;
    if (api.get("/api/status") instanceof Fields status
        && status.get("partitions") instanceof Items(var partitions)) {
      for (var partition : partitions) {
        if (partition instanceof Fields fields && fields.get("lag") instanceof Whole(var records)) {
          lag += records;
        }
      }
    }
    return lag;
  }

  private double share(Instant start, Instant at) {
    return (double) Duration.between(start, at).toMillis()
        / Math.max(1, Duration.between(start, now).toMillis());
  }

  private void playLive() {
    var bar = new ProgressBar("Live", screen);
    var courier = new Courier("/v1/batch", api);
    var playing = Long.toString(now.toEpochMilli(), Character.MAX_RADIX);
    while (bar.seconds() < seconds(pace.live())) {
      sleep(STEP);
      double share = Math.min(1, bar.seconds() / seconds(pace.live()));
      playUntil(now.plusMillis((long) (LIVE_SPAN.toMillis() * share)), playing, courier);
      bar.show(share, counted(crowd.live(), bar) + audience.glance());
    }
    courier.arrive();
    bar.end("Played " + counted(crowd.live(), bar) + " live.");
  }

  private void playUntil(Instant time, String playing, Courier courier) {
    while (product.hasNext() && !product.peek().at().isAfter(time)) {
      var batch = new MessageBatch();
      while (product.hasNext() && !product.peek().at().isAfter(time)) {
        byte[] json = product.peek().jsonNow(playing);
        if (!batch.hasRoom(json.length)) {
          break;
        }
        crowd.add(product.next(), true);
        batch.add(json);
      }
      courier.send(batch);
    }
  }

  /**
   * The last to fall silent are noticed one silence later, and what they are sent takes a moment.
   */
  private void awaitTheEnd() {
    var bar = new ProgressBar("Waiting", screen);
    double wait = seconds(pace.silence().plus(pace.patience()));
    while (bar.seconds() < wait && !isOver(bar.seconds())) {
      sleep(STEP);
      bar.show(bar.seconds() / wait, "for the last to fall silent" + audience.glance());
    }
    bar.end("Done" + audience.glance() + ".");
  }

  private boolean isOver(double seconds) {
    return seconds > seconds(pace.silence().plus(pace.settling()))
        && audience.isServed()
        && lag() <= LAG_MAX;
  }

  private static String counted(long events, ProgressBar bar) {
    return String.format(
        Locale.ROOT, "%,d events, %,.0f/s", events, events / Math.max(0.001, bar.seconds()));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("Interrupted.", e);
    }
  }
}
