package dev.earshot.bench.measure;

import dev.earshot.bench.command.Arguments;
import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.command.Command;
import dev.earshot.bench.command.Option;
import dev.earshot.bench.report.JsonForm;
import dev.earshot.bench.report.Machine;
import dev.earshot.bench.report.PageForm;
import dev.earshot.bench.report.Report;
import dev.earshot.bench.report.Section;
import dev.earshot.bench.report.TextForm;
import dev.earshot.bench.server.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/** Measures everything beside its limit, and writes a report. */
public final class ReportCommand implements Command {

  public static final String NAME = "all";

  private static final Option QUICK = Option.flag("quick", "the short form: faster and rougher");
  private static final Option ONLY = new Option("only", names(), "what to measure");
  private static final Option EARSHOT =
      new Option(
          "earshot",
          System.getProperty("earshot.launcher", "./earshot"),
          "the launcher of the server to measure");
  private static final Option RESULTS =
      new Option("results", "", "the folder for the report (bench/results beside the launcher)");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "all that is below and more, each figure beside its limit: the same as no command";
  }

  @Override
  public String explanation() {
    return """
    It starts a server of its own in a temporary folder, measures it, and removes both. The report
    goes to standard output, and as JSON and as a page to bench/results. A figure stands beside
    what this machine did in the same run without the product, so that their ratio means the same
    on any machine. Missing a goal is no failure: the exit code is 0. Give it the machine alone.

      ./earshot bench
      ./earshot bench --quick
      ./earshot bench --only batched,latency

    What is measured:
    """
        + measurements().stream()
            .map(one -> "  %-10s %s%n".formatted(one.name(), one.meaning()))
            .collect(Collectors.joining());
  }

  @Override
  public List<Option> options() {
    return List.of(QUICK, ONLY, EARSHOT, RESULTS);
  }

  @Override
  public boolean run(Arguments arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    var wanted = wanted(arguments.text(ONLY));
    var machine = Machine.details();
    var startedAt = Instant.now();
    var folder = folder();
    try (var rig =
        Rig.start(arguments.path(EARSHOT), folder.resolve("main"), arguments.says(QUICK), err)) {
      var sections = measure(wanted, rig, err);
      machine.put("load average", machine.get("load average") + Machine.loadAtTheEnd());
      var took = Duration.between(startedAt, Instant.now());
      var report = new Report(startedAt, took, arguments.says(QUICK), machine, sections);
      out.print(TextForm.of(report));
      write(report, results(arguments), out);
      return true;
    } finally {
      Folders.delete(folder);
    }
  }

  private static List<Section> measure(List<Measurement> wanted, Rig rig, PrintStream err)
      throws InterruptedException {
    var sections = new ArrayList<Section>();
    for (var one : wanted) {
      err.println(one.name() + " ...");
      var section = section(one, rig);
      err.print(TextForm.of(section));
      sections.add(section);
    }
    return sections;
  }

  /** What cannot be measured does not keep the others from it. */
  private static Section section(Measurement one, Rig rig) throws InterruptedException {
    try {
      var figures = one.measure(rig);
      return new Section(one.name(), one.meaning(), figures, one.remarks());
    } catch (BenchFailure | KafkaException e) {
      rig.say(String.valueOf(e.getMessage()));
      return new Section(
          one.name(), one.meaning(), List.of(), List.of("not measured: " + e.getMessage()));
    }
  }

  /** Those first that leave the server as it was. */
  private static List<Measurement> measurements() {
    return List.of(
        new BatchedMeasurement(),
        new SingleMeasurement(),
        new HostMeasurement(),
        new LoopMeasurement(),
        new LatencyMeasurement(),
        new HarmMeasurement(),
        new OverloadMeasurement(),
        new EngineMeasurement(),
        new BytesMeasurement(),
        new RestoreMeasurement(),
        new DurabilityMeasurement(),
        new TimersMeasurement(),
        new JourneysMeasurement());
  }

  private static String names() {
    return measurements().stream().map(Measurement::name).collect(Collectors.joining(","));
  }

  private static List<Measurement> wanted(String names) {
    var words = Arrays.stream(names.split(",", -1)).map(String::strip).toList();
    var all = measurements();
    for (var word : words) {
      if (all.stream().noneMatch(one -> one.name().equals(word))) {
        throw new BenchFailure(
            "Nothing called " + word + " is measured; there are " + names() + ".");
      }
    }
    return all.stream().filter(one -> words.contains(one.name())).toList();
  }

  private static Path results(Arguments arguments) {
    return arguments.has(RESULTS)
        ? arguments.path(RESULTS)
        : arguments.path(EARSHOT).toAbsolutePath().resolveSibling("bench").resolve("results");
  }

  private static void write(Report report, Path results, PrintStream out) {
    try {
      Files.createDirectories(results);
      var json = results.resolve(report.fileName() + ".json");
      var page = results.resolve(report.fileName() + ".html");
      Files.writeString(json, JsonForm.of(report));
      Files.writeString(page, PageForm.of(report));
      out.printf("%nwritten to %s and %s%n", json, page);
    } catch (IOException e) {
      throw new BenchFailure("The report cannot be written to " + results + ".", e);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("earshot-bench-");
    } catch (IOException e) {
      throw new BenchFailure("There is no folder to work in.", e);
    }
  }
}
