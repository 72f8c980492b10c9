package dev.earshot.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.Bench;
import dev.earshot.bench.server.Launcher;
import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReportCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void withoutACommandAServerIsMeasuredAndAReportWritten()
      throws IOException, InterruptedException {
    int status = run("--quick", "--only", "batched");

    var text = out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    assertEquals(0, status, text);
    assertTrue(text.contains("batches of 100, 32 connections"), text);
    var json = Json.parseFields(Files.readAllBytes(written(".json")));
    var section = (Fields) ((Items) json.get("sections")).items().getFirst();
    var figures = ((Items) section.get("figures")).items();
    assertEquals(Value.of("batched"), section.get("name"));
    assertEquals(3, figures.size(), text);
    assertTrue(Files.readString(written(".html")).contains("raw Kafka producer"));
  }

  @Test
  void whatCannotBeMeasuredIsToldAndNoServerIsStarted() throws IOException, InterruptedException {
    assertEquals(2, run("--only", "speed"));

    var text = err.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("Nothing called speed is measured; there are batched,single"), text);
  }

  private int run(String... words) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--earshot", Launcher.write(folder, "").toString()));
    all.addAll(List.of("--results", folder.resolve("results").toString()));
    return Bench.run(all, print(out), print(err));
  }

  private Path written(String end) throws IOException {
    try (var files = Files.list(folder.resolve("results"))) {
      return files.filter(file -> file.toString().endsWith(end)).findFirst().orElseThrow();
    }
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
