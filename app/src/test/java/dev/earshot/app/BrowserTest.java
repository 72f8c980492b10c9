package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page at the root as a browser has it: what it shows, and that the browser has no complaint.
 */
@Tag("slow")
class BrowserTest {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  /** How the browser marks what a page says to those who develop it. */
  private static final String COMPLAINT = "CONSOLE";

  /** What a browser has of a page, and what it said about it. */
  private record Seen(String document, String said) {}

  @TempDir private Path folder;

  @Test
  void thePageShowsWhatRunsHereWithoutAComplaint() throws Exception {
    var browser = browser();
    System.out.println("browsers: " + (browser.isPresent() ? 1 : 0) + " looked");
    if (browser.isPresent()) {
      look(browser.get());
    }
  }

  private void look(Path browser) throws Exception {
    var complaining = "data:text/html,<script>console.error('here')</script>";
    assertTrue(open(browser, complaining).said().contains(COMPLAINT), "complaints are heard");
    var data = folder.resolve("data");
    try (var server = Server.start(data, Map.of()).awaitReady();
        var visitor = Visitor.of(server, data)) {
      visitor.send("track", "{\"userId\": \"ada\", \"event\": \"Pricing Viewed\"}");

      var page = open(browser, server.url() + "/");

      assertShown(page, "class=\"state ready\">ready<");
      assertShown(page, "Events accepted</th><td>1</td>");
      assertShown(page, "survives kill -9");
      assertShown(page, "curl -u YOUR_WRITE_KEY: " + server.url() + "/v1/track");
      assertEquals(
          List.of(), page.said().lines().filter(line -> line.contains(COMPLAINT)).toList());
    }
  }

  private static void assertShown(Seen page, String what) {
    assertTrue(page.document().contains(what), page::document);
  }

  private Seen open(Path browser, String url) throws IOException, InterruptedException {
    var document = folder.resolve("document");
    var said = folder.resolve("said");
    var command = new ArrayList<>(List.of(browser.toString(), "--headless", "--no-sandbox"));
    command.addAll(List.of("--disable-gpu", "--enable-logging=stderr", "--dump-dom"));
    command.addAll(List.of("--user-data-dir=" + folder.resolve("profile"), url));
    var process =
        new ProcessBuilder(command)
            .redirectOutput(document.toFile())
            .redirectError(said.toFile())
            .start();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Seen(Files.readString(document), Files.readString(said));
  }

  private static Optional<Path> browser() {
    return NAMES.stream()
        .flatMap(name ->
            Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
