package dev.earshot.stream.host;

/** What a hosted machine is told: an input of its own, or something that concerns the host. */
sealed interface Signal<I> extends Passed {

  /**
   * @param raw the record it came from, for the quarantine
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes in passing, never compared nor kept
  record Heard<I>(I input, byte[] raw) implements Signal<I> {}

  /** Time has gone on: timers that are due may fire. */
  record Tick<I>() implements Signal<I> {}

  /** Other definitions are active from here on. */
  record Activated<I>() implements Signal<I> {}
}
