package dev.earshot.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.JsonScanner.Breach;
import dev.earshot.event.JsonScanner.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner reads what Jackson reads, and refuses what Jackson refuses. */
class JsonScannerTest {

  private static final JsonNames NAMES = JsonNames.of("type", "name", "batch");

  /** What random documents are made of, and what is put into them to break them. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u00e9",
          "\\ud83d\\ude00",
          "\\u12",
          "\\x",
          "\\n",
          "é",
          "😀",
          "\u0001",
          "\n",
          " ",
          "\t",
          "0",
          "01",
          "-",
          "1.",
          ".5",
          "1e",
          "1e9",
          "1e999",
          "-1E-999",
          "true",
          "fals",
          "null",
          "nul",
          "NaN",
          "a",
          "type",
          "/",
          "//");

  @Test
  void randomDocumentsAreReadAsJacksonReadsThem() {
    int read = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      var document = document(random);
      assertSameReading(document, "seed " + seed);
      var broken = broken(document, random);
      if (!hasHalfCharacter(broken)) {
        assertSameReading(broken, "broken, seed " + seed);
      }
      read += byJackson(document).isPresent() ? 1 : 0;
    }
    assertTrue(read > 10_000, read + " of the documents could be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "[1 2]",
        "[\"a\" \"b\"]",
        "{\"a\":1 \"b\":2}",
        "[1]]",
        "1 1",
        "\"a",
        "\"\\",
        "\"\\u00",
        "tru",
        "truex",
        "nulll",
        "+1",
        "00",
        "-",
        "-a",
        "1e+",
        "0x1",
        "'a'",
        "/**/1",
        "[1}",
        "{\"a\":1]",
        "\"\t\"",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"\\u0061\":1,\"a\":2}",
        "[{\"a\":{\"b\":1,\"b\":2}}]"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertTrue(byJackson(bytes(text)).isEmpty(), "Jackson refuses it too");
    assertThrows(Json.Malformed.class, () -> value(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-0",
        "0.5",
        "1e5",
        "\"\"",
        "true",
        "[]",
        "{}",
        " { } ",
        "[ ]",
        "[[],{}]",
        "{\"\":1}",
        "{\"a\":{\"a\":1},\"b\":{\"a\":1}}",
        "[{\"a\":1},{\"a\":1}]",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u00e9\\ud83d\\ude00 é 😀\"",
        "\"12345678\\\"12345678\"",
        "{\"long name of a member\":1}",
        "[9223372036854775807,9223372036854775808,-1.5e-7]",
        "\"\u007f\""
      })
  void whatIsJsonIsReadAsItIsMeant(String text) {
    assertEquals(byJackson(bytes(text)), Optional.of(value(text)));
  }

  @Test
  void aNameStandsOnceInAnObjectOfManyNames() {
    var members =
        IntStream.range(0, 500)
            .mapToObj(number -> "\"n" + number + "\":{\"n" + number + "\":1}")
            .collect(Collectors.joining(","));
    assertEquals(byJackson(bytes("{" + members + "}")), Optional.of(value("{" + members + "}")));
    for (var again : List.of("n0", "n63", "n64", "n499")) {
      var twice = "{" + members + ",\"" + again + "\":1}";
      assertThrows(Json.Malformed.class, () -> value(twice), again);
    }
  }

  @Test
  void namesWithTheSameSumAreToldApart() {
    assertEquals(
        byJackson(bytes("{\"Aa\":1,\"BB\":2}")), Optional.of(value("{\"Aa\":1,\"BB\":2}")));
  }

  @Test
  void halfACharacterIsReadAsItStands() {
    assertEquals(Value.of("a\ud83db"), value("\"a\\ud83db\""));
  }

  @Test
  void theLimitsOfADocumentHold() {
    assertReadByBoth("[".repeat(Json.DEPTH_MAX) + "]".repeat(Json.DEPTH_MAX));
    assertReadByBoth("\"" + "a".repeat(Json.STRING_LENGTH_MAX) + "\"");
    assertReadByBoth("{\"" + "a".repeat(Json.NAME_LENGTH_MAX) + "\":1}");
    assertReadByBoth("{\"" + "é".repeat(Json.NAME_LENGTH_MAX / 2) + "\":1}");
    assertReadByBoth("{\"" + "\\u00e9".repeat(Json.NAME_LENGTH_MAX / 6) + "\":1}");
    assertReadByBoth("1".repeat(Json.NUMBER_LENGTH_MAX));
    assertReadByBoth("-0." + "1".repeat(Json.NUMBER_LENGTH_MAX - 7) + "e-12");
    int deeper = Json.DEPTH_MAX + 1;
    assertMalformed("[".repeat(deeper) + "]".repeat(deeper), "deep");
    assertMalformed("\"" + "a".repeat(Json.STRING_LENGTH_MAX + 1) + "\"", "a text holds at most");
    assertMalformed("{\"" + "a".repeat(Json.NAME_LENGTH_MAX + 1) + "\":1}", "a name holds at most");
    assertMalformed("1".repeat(Json.NUMBER_LENGTH_MAX + 1), "a number holds at most");
    assertMalformed("1e" + "9".repeat(Json.NUMBER_LENGTH_MAX), "a number holds at most");
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() {
    assertMalformed("{\"é\":1,\n  \"b\":é}", "a value is expected (line 2, column 7)");
    assertMalformed("", "the document is empty");
    assertMalformed("{\"a\":", "the document ends too early (line 1, column 6)");
    assertMalformed("{} {}", "there is more after the end of the document (line 1, column 4)");
  }

  @Test
  void aBreachIsToldOnceAndTheFirstOfThem() {
    var scanner = new JsonScanner(bytes("[1e308,-1e309,{\"a\":1,\"a\":2},1]"), NAMES);
    scanner.pass();
    scanner.end();
    assertEquals(Optional.of(Breach.LARGE_NUMBER), scanner.breach());
    assertEquals(Optional.empty(), scanner.breach());
  }

  @Test
  void whatStandsBehindABreachIsRead() {
    int deeper = Json.DEPTH_MAX;
    var breaches =
        Map.of(
            "[".repeat(deeper) + "]".repeat(deeper),
            Breach.TOO_DEEP,
            "{\"a\":[".repeat(50_000) + "{},[1,{\"b\":2,\"c\":[]}]" + "],\"d\":1}".repeat(50_000),
            Breach.TOO_DEEP,
            "\"" + "a".repeat(Json.STRING_LENGTH_MAX + 1) + "\"",
            Breach.LONG_TEXT,
            "{\"" + "a".repeat(Json.NAME_LENGTH_MAX + 1) + "\":1}",
            Breach.LONG_NAME,
            "{\"a\":1,\"\\u0061\":2}",
            Breach.NAME_TWICE,
            "1".repeat(Json.NUMBER_LENGTH_MAX + 1),
            Breach.LONG_NUMBER,
            "1e999",
            Breach.LARGE_NUMBER);
    breaches.forEach((text, breach) -> {
      var scanner = new JsonScanner(bytes("[" + text + ",\"next\"]"), NAMES);
      scanner.enter();
      assertTrue(scanner.nextItem());
      assertNotNull(scanner.kind());
      scanner.pass();
      assertEquals(Optional.of(breach), scanner.breach());
      assertTrue(scanner.nextItem());
      assertEquals(Kind.TEXT, scanner.kind());
      assertEquals("next", scanner.text());
      assertFalse(scanner.nextItem());
      scanner.end();
      assertEquals(Optional.empty(), scanner.breach());
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[", "]", "[}", "[1 2]", "[1,]", "{\"a\":1]", "{\"a\"}", "{\"a\":1,}", "[[]"})
  void whatIsTooDeepIsStillToBeJson(String inner) {
    int deeper = Json.DEPTH_MAX;
    var scanner =
        new JsonScanner(
            bytes("[".repeat(deeper) + "[" + inner + ",1]" + "]".repeat(deeper)), NAMES);
    assertEquals(Kind.ARRAY, scanner.kind());
    assertThrows(
        Json.Malformed.class,
        () -> {
          scanner.pass();
          scanner.end();
        });
  }

  @Test
  void aValueIsFoundWhereItStands() {
    var text = "{ \"type\" : [ 1, {\"a\":\"x\"} ] , \"name\":2}";
    var scanner = new JsonScanner(bytes(text), NAMES);
    assertEquals(Kind.OBJECT, scanner.kind());
    scanner.enter();
    assertTrue(scanner.nextMember());
    assertSame("type", scanner.name());
    assertEquals(Kind.ARRAY, scanner.kind());
    int from = scanner.position();
    scanner.pass();
    assertEquals("[ 1, {\"a\":\"x\"} ]", text.substring(from, scanner.position()));
  }

  @Test
  void aMemberIsKnownByItsNameHoweverThatIsWritten() {
    var scanner =
        new JsonScanner(bytes("{\"type\":1,\"t\\u0079pe2\":1,\"na\\u006de\":1,\"x\":1}"), NAMES);
    assertEquals(Kind.OBJECT, scanner.kind());
    scanner.enter();
    var named = new ArrayList<String>();
    while (scanner.nextMember()) {
      for (var name : List.of("type", "name")) {
        if (scanner.isNamed(name)) {
          named.add(name);
        }
      }
      assertEquals(Kind.NUMBER, scanner.kind());
      scanner.pass();
    }

    assertEquals(List.of("type", "name"), named);
  }

  /** What is accepted has to be read from the log again, where Jackson reads it. */
  private static void assertReadByBoth(String text) {
    assertEquals(byJackson(bytes(text)), Optional.of(value(text)));
  }

  private static void assertMalformed(String text, String reason) {
    var failure = assertThrows(Json.Malformed.class, () -> value(text));
    assertTrue(String.valueOf(failure.getMessage()).contains(reason), failure.getMessage());
  }

  private static void assertSameReading(byte[] document, String which) {
    assertEquals(
        byJackson(document),
        byScanner(document),
        () -> which + ": " + new String(document, StandardCharsets.UTF_8));
  }

  /** Of those Jackson refuses some and reads others. */
  private static boolean hasHalfCharacter(byte[] document) {
    var text = new String(document, StandardCharsets.UTF_8).replace("\\\\", "");
    return text.replace("\\ud83d\\ude00", "").contains("\\ud");
  }

  private static Optional<Object> byJackson(byte[] document) {
    try {
      return Optional.of(Json.parse(document));
    } catch (Json.Malformed e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> byScanner(byte[] document) {
    try {
      return Optional.of(value(document));
    } catch (Json.Malformed e) {
      return Optional.empty();
    }
  }

  private static Value value(String text) {
    return value(bytes(text));
  }

  private static Value value(byte[] document) {
    var scanner = new JsonScanner(document, NAMES);
    var value = value(scanner);
    scanner.end();
    scanner
        .breach()
        .ifPresent(breach -> {
          throw new Json.Malformed(breach.sentence());
        });
    return value;
  }

  private static Value value(JsonScanner scanner) {
    return switch (scanner.kind()) {
      case OBJECT -> fields(scanner);
      case ARRAY -> items(scanner);
      case TEXT -> Value.of(scanner.text());
      case NUMBER -> number(scanner);
      case TRUE, FALSE, NULL -> word(scanner);
    };
  }

  private static Value fields(JsonScanner scanner) {
    Map<String, Value> fields = new LinkedHashMap<>();
    scanner.enter();
    while (scanner.nextMember()) {
      fields.put(scanner.name(), value(scanner));
    }
    return new Value.Fields(fields);
  }

  private static Value items(JsonScanner scanner) {
    List<Value> items = new ArrayList<>();
    scanner.enter();
    while (scanner.nextItem()) {
      items.add(value(scanner));
    }
    return new Value.Items(items);
  }

  /** What is not to be accepted has no value that matters. */
  private static Value number(JsonScanner scanner) {
    var text = scanner.text();
    boolean isLong = text.length() > Json.NUMBER_LENGTH_MAX;
    return isLong ? Value.Nothing.NOTHING : Json.parse(text);
  }

  private static Value word(JsonScanner scanner) {
    var kind = scanner.kind();
    scanner.pass();
    return kind == Kind.NULL ? Value.Nothing.NOTHING : Value.of(kind == Kind.TRUE);
  }

  private static byte[] document(Random random) {
    var text = new StringBuilder();
    value(random, text, 0);
    return bytes(text.toString());
  }

  private static void value(Random random, StringBuilder text, int depth) {
    space(random, text);
    switch (random.nextInt(depth > 4 ? 5 : 8)) {
      case 0 -> text.append(random.nextInt(-1000, 1000));
      case 1 -> text.append(random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20)));
      case 2 -> text.append(List.of("true", "false", "null").get(random.nextInt(3)));
      case 3, 4 -> quoted(random, text);
      case 5 -> list(random, text, '[', ']', () -> value(random, text, depth + 1));
      default ->
          list(
              random,
              text,
              '{',
              '}',
              () -> {
                quoted(random, text);
                space(random, text);
                text.append(':');
                value(random, text, depth + 1);
              });
    }
    space(random, text);
  }

  private static void list(
      Random random, StringBuilder text, char open, char close, Runnable entry) {
    text.append(open);
    int count = random.nextInt(5);
    for (int index = 0; index < count; index++) {
      text.append(index == 0 ? "" : ",");
      entry.run();
    }
    text.append(close);
  }

  private static void quoted(Random random, StringBuilder text) {
    var pieces =
        List.of("a", "b", "type", "é", "😀", "\\\"", "\\u0061", "\\ud83d\\ude00", "\\n", " ");
    text.append('"');
    int count = random.nextInt(6);
    for (int index = 0; index < count; index++) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    text.append('"');
  }

  private static void space(Random random, StringBuilder text) {
    text.append(
        random.nextInt(6) == 0 ? List.of(" ", "\n", "\r\n", "\t").get(random.nextInt(4)) : "");
  }

  /** The document with something put in, cut out or put in the place of something else. */
  private static byte[] broken(byte[] document, Random random) {
    var text = new StringBuilder(new String(document, StandardCharsets.UTF_8));
    int times = 1 + random.nextInt(2);
    for (int time = 0; time < times; time++) {
      int at = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), at + random.nextInt(3));
      text.replace(at, to, random.nextBoolean() ? "" : PIECES.get(random.nextInt(PIECES.size())));
    }
    return bytes(text.toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
