package dev.earshot.app.cli;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports messages of the past from a file. */
@Command(
    name = "import",
    description = {
      "Imports events of the past from a file of Segment messages, one JSON object a line, gzip or"
          + " not. They keep their own times, fill profiles and counts, and never start or move a"
          + " journey.",
      "The command may be stopped at any time: FILE.progress says how much the server has"
          + " acknowledged, and the same command goes on from there. Lines that are not accepted go"
          + " into FILE.errors with their numbers and reasons; then the exit code is 1."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./earshot import events.jsonl",
      "  ./earshot import events.jsonl.gz --restart     once more from the first line",
      "  zcat 2026-*.gz | ./earshot import -            from standard input; not resumable",
      "A line:",
      "  {\"type\":\"track\",\"userId\":\"ada\",\"event\":\"Signed"
          + " Up\",\"timestamp\":\"2026-01-31T12:00:00Z\"}"
    })
final class ImportCommand extends ClientCommand {

  private static final String STANDARD_INPUT = "-";

  @Parameters(index = "0", paramLabel = "FILE", description = "The file, or - for standard input.")
  private String file = "";

  @Option(
      names = "--errors",
      paramLabel = "FILE",
      description = "Where refused lines go. Default: FILE.errors.")
  private @Nullable Path errorsFile;

  @Option(
      names = "--restart",
      description = "Begin with the first line, whatever was imported already.")
  private boolean restart;

  @Option(
      names = "--give-up-after",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description =
          "How long to keep asking a server that is busy or away. Default: ${DEFAULT-VALUE}.")
  private int giveUpAfterSeconds;

  @Override
  protected int run(Api api, Screen screen) {
    return file.equals(STANDARD_INPUT) ? importInput(api, screen) : importFile(api, screen);
  }

  private int importInput(Api api, Screen screen) {
    try (var input = HistoryFile.of(System.in);
        var errors = errors("earshot-import")) {
      return play(input, ImportProgress.NONE, errors, null, api, screen);
    }
  }

  private int importFile(Api api, Screen screen) {
    var progressFile = Path.of(file + ".progress");
    var before = restart ? ImportProgress.NONE : ImportProgress.read(progressFile);
    try (var input = HistoryFile.open(Path.of(file));
        var errors = errors(file)) {
      if (before.equals(ImportProgress.NONE)) {
        ImportProgress.delete(errors.file());
      } else {
        screen.remark("Going on after line " + Shown.grouped(before.lines()) + ".");
        input.skipTo(before.bytes(), before.lines());
      }
      return play(input, before, errors, progressFile, api, screen);
    }
  }

  private ImportErrors errors(String source) {
    return new ImportErrors(errorsFile == null ? Path.of(source + ".errors") : errorsFile);
  }

  private int play(
      HistoryFile input,
      ImportProgress before,
      ImportErrors errors,
      @Nullable Path progressFile,
      Api api,
      Screen screen) {
    var bar = new ProgressBar("Importing", screen);
    var patience = new Patience(api, Duration.ofSeconds(giveUpAfterSeconds));
    var progress =
        new Import(errors, api, patience)
            .run(
                new HistoryReader(input),
                before,
                now -> {
                  if (progressFile != null) {
                    now.write(progressFile);
                  }
                  bar.show(input.done(), counted(now, before, bar));
                });
    if (progressFile != null) {
      ImportProgress.delete(progressFile);
    }
    bar.end("Imported " + counted(progress, before, bar) + ".");
    return summary(progress, before, errors, bar.seconds(), screen);
  }

  private int summary(
      ImportProgress progress,
      ImportProgress before,
      ImportErrors errors,
      double seconds,
      Screen screen) {
    if (json()) {
      Map<String, Value> json = new LinkedHashMap<>(progress.json().fields());
      json.put("resumedAfterLine", Value.of(before.lines()));
      json.put("seconds", Value.of(Math.round(seconds * 1000) / 1000.0));
      json.put("errors", Value.of(progress.refused() > 0 ? errors.file().toString() : ""));
      screen.json(new Fields(json));
    } else if (progress.refused() > 0) {
      screen.line(
          Shown.count(progress.refused(), "line")
              + " not accepted; see "
              + errors.file()
              + " for each with its reason.");
    }
    return progress.refused() > 0 ? PROBLEM : DONE;
  }

  private static String counted(ImportProgress now, ImportProgress before, ProgressBar bar) {
    double rate = (now.accepted() - before.accepted()) / Math.max(0.001, bar.seconds());
    return String.format(Locale.ROOT, "%,d events, %,.0f/s", now.accepted(), rate);
  }
}
