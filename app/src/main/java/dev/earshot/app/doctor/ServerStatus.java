package dev.earshot.app.doctor;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Decimal;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Truth;
import dev.earshot.event.Value.Whole;
import java.util.List;

/**
 * What the server says of itself.
 *
 * @param status the answer of {@code GET /api/status}
 */
record ServerStatus(Fields status) {

  private static final double LAG_DOUBTFUL_SECONDS = 5;
  private static final double LAG_BAD_SECONDS = 60;
  private static final long MEGABYTE = 1L << 20;

  List<Finding> findings() {
    return List.of(server(), log(), room(), mail(), time(), lag(), partitions());
  }

  private Finding server() {
    var found = "%s, version %s, %s".formatted(text("url"), text("version"), text("state"));
    return status.get("ready").equals(new Truth(true))
        ? Finding.good("server", found)
        : Finding.doubtful(
            "server", found, "Wait until it is ready; if it does not become so, read its log.");
  }

  private Finding log() {
    return Finding.good(
        "log", "broker %s, durability %s".formatted(text("broker"), text("durability")));
  }

  private Finding room() {
    long free = bytes("disk.freeBytes");
    long reserve = bytes("disk.reserveBytes");
    var found =
        "%,d MB are free on its disk, and %,d MB are kept in reserve"
            .formatted(free / MEGABYTE, reserve / MEGABYTE);
    return free < reserve
        ? Finding.bad(
            "room",
            found,
            "Make room: until then nothing is collected. It goes on by itself thereafter.")
        : Finding.good("room", found);
  }

  private long bytes(String path) {
    return (long) number(status.at(path));
  }

  /** The large mailbox providers take no bulk mail without such links. */
  private Finding mail() {
    var to = "it goes to " + text("mail");
    if (status.get("unsubscribeLinks").equals(new Truth(true))) {
      return Finding.good("mail", to + ", with unsubscribe links");
    }
    var found = to + ", without unsubscribe links, since public-url is not set";
    return text("mail").equals("mailbox")
        ? Finding.good("mail", found)
        : Finding.doubtful(
            "mail", found, "Set public-url to the URL by which the world reaches this server.");
  }

  /** A server says nothing of a clock that is as it should be. */
  private Finding time() {
    return status.get("clock") instanceof Text(var trouble)
        ? Finding.bad(
            "time", trouble, "Set the clock right and see that NTP runs; timers go on thereafter.")
        : Finding.good("time", "its clock goes as it should");
  }

  private Finding lag() {
    double seconds = number(status.get("lagSeconds"));
    var found = "decisions are %.1f s behind the log".formatted(seconds);
    if (seconds >= LAG_BAD_SECONDS) {
      return Finding.bad(
          "lag",
          found,
          "Give it more processors, or more nodes; /metrics shows where the time goes.");
    }
    if (seconds >= LAG_DOUBTFUL_SECONDS) {
      return Finding.doubtful("lag", found, "Look again in a minute: it should shrink.");
    }
    return Finding.good("lag", found);
  }

  private Finding partitions() {
    if (!(status.get("partitions") instanceof Items(var partitions))) {
      return Finding.bad("partitions", "the server names none", "Read its log.");
    }
    if (partitions.isEmpty()) {
      return Finding.bad(
          "partitions", "the log does not tell of any", "See that Kafka runs and can be reached.");
    }
    long running =
        partitions.stream()
            .filter(Fields.class::isInstance)
            .map(Fields.class::cast)
            .filter(partition -> partition.get("state").equals(Value.of("running")))
            .count();
    return Finding.good(
        "partitions", "%d of %d are worked on here".formatted(running, partitions.size()));
  }

  private String text(String name) {
    return status.get(name).shown();
  }

  private static double number(Value value) {
    return switch (value) {
      case Whole(var whole) -> whole;
      case Decimal(var decimal) -> decimal;
      default -> 0;
    };
  }
}
