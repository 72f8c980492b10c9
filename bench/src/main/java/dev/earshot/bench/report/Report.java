package dev.earshot.bench.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that one run measured.
 *
 * @param quick whether it was the short form, whose figures are rougher
 * @param machine what it was measured on, by name
 */
public record Report(
    Instant startedAt,
    Duration took,
    boolean quick,
    Map<String, String> machine,
    List<Section> sections) {

  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public Report {
    machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
    sections = List.copyOf(sections);
  }

  /** A name for its files, by the time. */
  public String fileName() {
    return FILE_TIME.format(startedAt);
  }

  String title() {
    return "Earshot, measured at %s in %d s%s"
        .formatted(
            startedAt.truncatedTo(ChronoUnit.SECONDS), took.toSeconds(), quick ? " (quick)" : "");
  }
}
