package dev.earshot.bench;

/**
 * What a server has taken on and not ended.
 *
 * @param undecided records of the log that it has not decided about
 * @param inFlight deliveries that are being attempted
 * @param waiting deliveries that wait for their next attempt
 */
record Left(long undecided, long inFlight, long waiting) {

  static final Left NOTHING = new Left(0, 0, 0);

  /** The server does not say. */
  static final Left UNTOLD = new Left(-1, -1, -1);

  String shown() {
    return equals(UNTOLD)
        ? "it does not say"
        : "%,d undecided, %,d in flight, %,d waiting".formatted(undecided, inFlight, waiting);
  }
}
