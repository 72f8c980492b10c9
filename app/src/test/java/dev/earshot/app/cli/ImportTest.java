package dev.earshot.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.app.cli.FakeServer.Asked;
import dev.earshot.app.cli.FakeServer.Reply;
import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {

  private static final String HISTORY = "POST /v1/history";
  private static final int SEVERAL_BATCHES = 3 * MessageBatch.MESSAGES_MAX + 17;

  @TempDir private Path folder = Path.of("");
  private FakeServer server = start();

  @BeforeEach
  void acceptEverything() {
    server.on(HISTORY, "{\"success\":true}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyLineArrivesOnceAndInOrder() throws Exception {
    var file = write(messages(SEVERAL_BATCHES));

    var typed = Typed.at(server, "import", file.toString());

    assertEquals(0, typed.exitCode(), typed::err);
    assertEquals(numbered(SEVERAL_BATCHES), received());
    assertEquals(4, server.asked().size());
    assertTrue(typed.err().contains("Imported 6,017 events"), typed::err);
    assertFalse(Files.exists(Path.of(file + ".progress")));
    assertFalse(Files.exists(Path.of(file + ".errors")));
  }

  @Test
  void aCompressedFileIsInflated() throws Exception {
    var file = folder.resolve("events.jsonl.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(String.join("\n", messages(100)).getBytes(StandardCharsets.UTF_8));
    }

    assertEquals(0, Typed.at(server, "import", file.toString()).exitCode());

    assertEquals(numbered(100), received());
  }

  @Test
  void noRequestIsLargerThanTheServerTakes() throws Exception {
    var padding = "x".repeat(20_000);
    var file = write(IntStream.range(0, 60).mapToObj(n -> message(n, padding)).toList());

    assertEquals(0, Typed.at(server, "import", file.toString()).exitCode());

    assertEquals(60, received().size());
    for (var asked : server.asked()) {
      assertTrue(asked.body().length() < 500 * 1024, () -> asked.body().length() + " bytes");
    }
  }

  @Test
  void aBrokenLineIsNotedWithItsNumberAndTheOthersGoOn() throws Exception {
    var file = write(List.of(message(0, ""), "{broken", "", "[1]", message(1, "")));

    var typed = Typed.at(server, "import", file.toString());

    assertEquals(1, typed.exitCode());
    assertEquals(List.of("m0", "m1"), received());
    var errors = errors(file);
    assertEquals(
        List.of(Value.of(2), Value.of(4)), errors.stream().map(e -> e.get("line")).toList());
    assertEquals(Value.of("{broken"), errors.getFirst().get("text"));
    assertEquals(
        Value.of("Not a message: a message is a JSON object"), errors.get(1).get("reason"));
    assertTrue(typed.out().startsWith("2 lines not accepted; see "), typed::out);
  }

  @Test
  void aLineTooDeepForARequestIsNotedAndTheOthersGoOn() throws Exception {
    var file = write(List.of(message(0, ""), deep(61), deep(62), message(1, "")));

    assertEquals(1, Typed.at(server, "import", file.toString()).exitCode());

    assertEquals(List.of("m0", "deep-61", "m1"), received());
    assertEquals(
        List.of(Value.of("Not a message: objects and arrays of a message stand at most 62 deep")),
        errors(file).stream().map(e -> e.get("reason")).toList());
  }

  private static String deep(int levels) {
    return "{\"messageId\":\"deep-%d\",\"properties\":%s%s}"
        .formatted(levels, "[".repeat(levels), "]".repeat(levels));
  }

  @Test
  void whatTheServerRefusesIsNotedWithItsReason() throws Exception {
    server.on(
        HISTORY,
        """
        {"success":true,"accepted":1,"quarantined":1,"rejected":0,"results":[
          {"index":0,"messageId":"m0","status":"accepted"},
          {"index":1,"messageId":"m1","status":"quarantined","code":"track_without_event",
           "reason":"A track needs an event."}]}
        """);
    var file = write(messages(2));

    assertEquals(1, Typed.at(server, "import", file.toString()).exitCode());

    var error = errors(file).getFirst();
    assertEquals(Value.of(2), error.get("line"));
    assertEquals(
        Value.of("quarantined: A track needs an event. (track_without_event)"),
        error.get("reason"));
  }

  @Test
  void oneMessageThatSpoilsItsBatchIsFoundAndTheOthersArriveInOrder() throws Exception {
    List<String> taken = new ArrayList<>();
    server.on(
        HISTORY,
        asked -> {
          if (ids(asked).contains("m13")) {
            return Reply.problem(400, "malformed", "Nobody knows what that is.");
          }
          taken.addAll(ids(asked));
          return Reply.ok("{\"success\":true}");
        });
    var file = write(messages(50));

    assertEquals(1, Typed.at(server, "import", file.toString()).exitCode());

    var expected = numbered(50);
    expected.remove("m13");
    assertEquals(expected, taken);
    assertEquals(Value.of(14), errors(file).getFirst().get("line"));
  }

  @Test
  void aBusyServerIsAskedAgainWhenItSaidTo() throws Exception {
    var busy = new AtomicInteger(3);
    server.on(
        HISTORY,
        _ ->
            busy.getAndDecrement() > 0
                ? new Reply(busy.get() == 1 ? 429 : 503, "{}", Map.of("Retry-After", "0"))
                : Reply.ok("{\"success\":true}"));
    var file = write(messages(10));

    var typed = Typed.at(server, "import", file.toString());

    assertEquals(0, typed.exitCode(), typed::err);
    assertEquals(4, server.asked().size());
    assertEquals(1, new HashSet<>(server.asked()).size());
  }

  @Test
  void aServerThatStaysBusyEndsTheImportAndItGoesOnLater() throws Exception {
    var calls = new AtomicInteger();
    server.on(
        HISTORY,
        _ ->
            calls.incrementAndGet() > 2
                ? new Reply(503, "{\"detail\":\"The log is full.\"}", Map.of("Retry-After", "1"))
                : Reply.ok("{\"success\":true}"));
    var file = write(messages(SEVERAL_BATCHES));

    var stopped = Typed.at(server, "import", file.toString(), "--give-up-after", "0");

    assertEquals(1, stopped.exitCode());
    assertTrue(stopped.err().contains("The log is full."), stopped::err);
    assertGoesOn(file);
  }

  @Test
  void anImportThatWasKilledGoesOnWhereTheServerStood() throws Exception {
    var third = new CountDownLatch(3);
    var killed = new CountDownLatch(1);
    server.on(
        HISTORY,
        _ -> {
          third.countDown();
          if (third.getCount() == 0) {
            await(killed);
          }
          return Reply.ok("{\"success\":true}");
        });
    var file = write(messages(SEVERAL_BATCHES));

    var importing = startProcess("import", file.toString());
    await(third);
    importing.destroyForcibly().waitFor();
    killed.countDown();

    assertGoesOn(file);
  }

  @Test
  void anImportThatIsDoneBeginsAnew() throws Exception {
    var file = write(messages(5));

    assertEquals(0, Typed.at(server, "import", file.toString()).exitCode());
    assertEquals(0, Typed.at(server, "import", file.toString()).exitCode());

    assertEquals(2, server.asked().size());
  }

  @Test
  void messagesWithoutAnIdGetTheSameOneEveryTime() throws Exception {
    var line = "{\"type\":\"track\",\"userId\":\"ada\",\"event\":\"Signed Up\"}";
    var file = write(List.of(line, line, "{}"));

    Typed.at(server, "import", file.toString());
    Typed.at(server, "import", file.toString());

    var first = ids(server.asked().get(0));
    assertEquals(first, ids(server.asked().get(1)));
    assertNotEquals(first.get(0), first.get(1));
    assertTrue(first.get(2).startsWith("import-"));
    assertTrue(
        server.asked().getFirst().body().contains("\",\"type\":\"track\",\"userId\":\"ada\""),
        () -> server.asked().getFirst().body());
  }

  @Test
  void aWrongKeyEndsTheImportAtOnce() throws Exception {
    server.on(
        HISTORY, _ -> Reply.problem(403, "key_scope", "To write the past takes an admin key."));

    var typed = Typed.at(server, "import", write(messages(5)).toString());

    assertEquals(1, typed.exitCode());
    assertEquals("earshot: To write the past takes an admin key. (key_scope)\n", typed.err());
    assertEquals(1, server.asked().size());
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    var typed = Typed.at(server, "import", folder.resolve("nowhere").toString());

    assertEquals(1, typed.exitCode());
    assertEquals("earshot: There is no file " + folder.resolve("nowhere") + ".\n", typed.err());
  }

  @Test
  void theResultIsJsonForPrograms() throws Exception {
    var typed = Typed.at(server, "import", write(messages(5)).toString(), "--json");

    var result = Json.parseFields(typed.out().getBytes(StandardCharsets.UTF_8));
    assertEquals(Value.of(5), result.get("accepted"));
    assertEquals(Value.of(0), result.get("refused"));
  }

  /** Imports the rest, and checks that nothing is missing and nothing acknowledged came twice. */
  private void assertGoesOn(Path file) throws IOException {
    int before = server.asked().size();
    long acknowledged = ImportProgress.read(Path.of(file + ".progress")).lines();
    assertEquals(2L * MessageBatch.MESSAGES_MAX, acknowledged);
    server.on(HISTORY, "{\"success\":true}");

    var typed = Typed.at(server, "import", file.toString());

    assertEquals(0, typed.exitCode(), typed::err);
    assertTrue(typed.err().startsWith("Going on after line 4,000."), typed::err);
    var rest =
        server.asked().subList(before, server.asked().size()).stream()
            .flatMap(asked -> ids(asked).stream())
            .toList();
    assertEquals(numbered(SEVERAL_BATCHES).subList((int) acknowledged, SEVERAL_BATCHES), rest);
    assertFalse(Files.exists(Path.of(file + ".progress")));
  }

  private Process startProcess(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Typing.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--server", server.url(), "--key", "sk_test"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(new File(folder.toFile(), "killed.txt"))
        .start();
  }

  /** A process of its own that types one command. */
  static final class Typing {
    private Typing() {}

    static void main(String[] arguments) {
      System.exit(Typed.commandLine().execute(arguments));
    }
  }

  private List<String> received() {
    return server.asked().stream().flatMap(asked -> ids(asked).stream()).toList();
  }

  private static List<String> ids(Asked asked) {
    var batch = Json.parseFields(asked.body().getBytes(StandardCharsets.UTF_8)).get("batch");
    return ((Items) batch)
        .items().stream().map(message -> ((Fields) message).get("messageId").shown()).toList();
  }

  private static List<Fields> errors(Path file) throws IOException {
    return Files.readAllLines(Path.of(file + ".errors")).stream()
        .map(line -> Json.parseFields(line.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private Path write(List<String> lines) throws IOException {
    var file = folder.resolve("events.jsonl");
    Files.write(file, lines);
    return file;
  }

  private static List<String> messages(int count) {
    return IntStream.range(0, count).mapToObj(n -> message(n, "")).toList();
  }

  private static String message(int number, String padding) {
    return "{\"type\":\"track\",\"messageId\":\"m%d\",\"userId\":\"u\",\"event\":\"%s\"}"
        .formatted(number, "Signed Up" + padding);
  }

  private static List<String> numbered(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(n -> "m" + n).toList());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static FakeServer start() {
    try {
      return new FakeServer();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
