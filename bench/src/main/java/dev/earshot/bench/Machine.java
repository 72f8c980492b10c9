package dev.earshot.bench;

import java.lang.management.ManagementFactory;

/** What the figures were measured on. */
final class Machine {

  private Machine() {}

  static String describe() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return "%d cores, %s %s, Java %s, load average %.1f at the start"
        .formatted(
            system.getAvailableProcessors(),
            system.getName(),
            system.getVersion(),
            System.getProperty("java.version"),
            system.getSystemLoadAverage());
  }
}
