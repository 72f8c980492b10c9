package dev.earshot.bench.server;

/**
 * What a server has taken on and not ended.
 *
 * @param undecided records of the log that it has not decided about
 * @param inFlight deliveries that are being attempted
 * @param waiting deliveries that wait for their next attempt
 */
public record Left(long undecided, long inFlight, long waiting) {

  public static final Left NOTHING = new Left(0, 0, 0);

  /** The server does not say. */
  public static final Left UNTOLD = new Left(-1, -1, -1);

  public String shown() {
    return equals(UNTOLD)
        ? "it does not say"
        : "%,d undecided, %,d in flight, %,d waiting".formatted(undecided, inFlight, waiting);
  }
}
