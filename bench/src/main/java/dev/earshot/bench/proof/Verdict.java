package dev.earshot.bench.proof;

import dev.earshot.bench.proof.Ledger.Fate;
import dev.earshot.event.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a proof comes to.
 *
 * @param figures how much it rests on
 */
record Verdict(String run, long seed, Map<String, Long> figures, List<Check.Row> rows) {

  static Verdict of(long seed, Evidence evidence) {
    var figures = new LinkedHashMap<String, Long>();
    figures.put("sent", (long) evidence.ledger().size());
    for (var fate : Fate.values()) {
      figures.put(fate.word(), evidence.count(fate));
    }
    figures.put("facts", (long) evidence.facts().size());
    figures.put("messages", (long) evidence.arrivals().size());
    figures.put("twice", evidence.takenTwice());
    figures.put("quarantined", (long) evidence.quarantined().size() + evidence.setAside().size());
    figures.put("kills", (long) evidence.deaths().size());
    var rows = Checks.ALL.stream().map(check -> check.row(evidence)).toList();
    return new Verdict(evidence.load().run(), seed, figures, rows);
  }

  boolean holds() {
    return rows.stream().allMatch(Check.Row::holds);
  }

  String table() {
    var table = new StringBuilder("proof %s, seed %d%n%n".formatted(run, seed));
    figures.forEach((name, count) -> table.append("  %-14s %,9d%n".formatted(name, count)));
    table.append('\n');
    for (var row : rows) {
      table.append(
          "  %-6s %-12s %,9d   %s%n"
              .formatted(row.holds() ? "ok" : "BROKEN", row.name(), row.count(), row.meaning()));
      row.examples().forEach(example -> table.append(" ".repeat(35) + example + "\n"));
    }
    long broken = rows.stream().filter(row -> !row.holds()).count();
    table.append(
        broken == 0
            ? "\nEvery promise was kept.\n"
            : "\n%d of %d checks found something.%n".formatted(broken, rows.size()));
    return table.toString();
  }

  String json() {
    var json = new JsonWriter(1024).open().member("run", run).member("seed", seed);
    json.name("holds").truth(holds()).name("figures").open();
    figures.forEach(json::member);
    json.close().name("checks").openItems();
    for (var row : rows) {
      json.open().member("name", row.name()).member("meaning", row.meaning());
      json.member("count", row.count()).name("examples").openItems();
      row.examples().forEach(json::text);
      json.closeItems().close();
    }
    return new String(json.closeItems().close().bytes(), StandardCharsets.UTF_8);
  }
}
