package dev.earshot.app.demo;

import dev.earshot.app.cli.Api;
import dev.earshot.app.cli.ClientCommand;
import dev.earshot.app.cli.Screen;
import dev.earshot.app.demo.Demo.Pace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays a product to a server, so that there is something to see. */
@Command(
    name = "demo",
    description = {
      "Plays Northstar, a believable product, to a running server through its public HTTP API:"
          + " people who sign up, try, look at prices, invite colleagues, buy, and leave.",
      "First it applies the three journeys of examples/growth, with the week of silence shortened"
          + " to seconds. Then it imports some months of history, and plays two days live in a"
          + " minute. It ends with what came of it: who entered which journey, who did not and why,"
          + " what was sent and delivered.",
      "The same seed gives the same people with the same habits."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./earshot demo                                  with ./earshot up in another terminal",
      "  ./earshot demo --people 200 --days 30 --live 20",
      "  ./earshot demo --print > events.jsonl           only write the history; needs no server",
      "  ./earshot demo --print --until 2026-01-01T00:00:00Z --seed 7   the same on every machine"
    })
public final class DemoCommand extends ClientCommand {

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which people and habits. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--people",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How many people meet the product. Default: ${DEFAULT-VALUE}.")
  private int people;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "90",
      description = "How many days of history there are. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--live",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to play live. Default: ${DEFAULT-VALUE}.")
  private int liveSeconds;

  @Option(
      names = "--print",
      description = "Print the history, a message a line as import takes it, and do nothing else.")
  private boolean print;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "With --print: when the history ends. Default: now.")
  private @Nullable Instant until;

  @Override
  protected int run(Api api, Screen screen) {
    if (people < 1 || days < 1 || liveSeconds < 1) {
      throw misuse("--people, --days and --live take a number from 1.");
    }
    if (until != null && !print) {
      throw misuse("--until goes with --print: a live product ends now.");
    }
    var end = until == null ? Instant.now() : until;
    var product = product(end);
    if (print) {
      print(product, end, screen);
      return DONE;
    }
    var demo = new Demo(product, end, Pace.of(Duration.ofSeconds(liveSeconds)), api, screen);
    var summary = demo.play();
    if (json()) {
      screen.json(summary.json());
    } else {
      summary.print(screen);
    }
    return DONE;
  }

  /** Begins at midnight, so that a second demo on the same day has the same history. */
  private Product product(Instant end) {
    var start = end.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
    return new Product(seed, people, start, Duration.ofDays(days));
  }

  private static void print(Product product, Instant end, Screen screen) {
    while (product.hasNext() && !screen.isClosed()) {
      if (!printThousand(product, end, screen)) {
        return;
      }
    }
  }

  private static boolean printThousand(Product product, Instant end, Screen screen) {
    for (int n = 0; n < 1000 && product.hasNext(); n++) {
      var message = product.next();
      if (message.at().isAfter(end)) {
        return false;
      }
      screen.out().write(new String(message.json(), StandardCharsets.UTF_8));
      screen.out().write('\n');
    }
    return true;
  }
}
