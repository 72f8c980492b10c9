package dev.earshot.stream.cluster;

import java.util.Locale;

/** What the embedded broker has done with a record before it acknowledges it. */
public enum Durability {
  /** Handed to the operating system: survives the death of the process; on the disk in a second. */
  OS,
  /** Flushed to the disk: survives a power cut too, at about half the throughput. */
  FSYNC;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
