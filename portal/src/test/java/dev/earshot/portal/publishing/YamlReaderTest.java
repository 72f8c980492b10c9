package dev.earshot.portal.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Json;
import dev.earshot.portal.publishing.YamlReader.Unreadable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class YamlReaderTest {

  @Test
  void everyDocumentOfAFileIsReadWithItsKindsOfValues() throws Unreadable {
    var documents =
        read(
            """
            # a comment
            kind: journey
            count: 3
            share: 0.5
            on: true
            nothing: ~
            text: "7"
            list: [a, {b: 1}]
            ---
            ---
            {"kind": "template", "path": "a\\/b", "smile": "\\ud83d\\ude00"}
            """);

    assertEquals(
        List.of(
            "{\"kind\":\"journey\",\"count\":3,\"share\":0.5,\"on\":true,\"nothing\":null,"
                + "\"text\":\"7\",\"list\":[\"a\",{\"b\":1}]}",
            "{\"kind\":\"template\",\"path\":\"a/b\",\"smile\":\"😀\"}"),
        documents.stream().map(document -> Json.text(document.fields())).toList());
  }

  @Test
  void everyValueKnowsWhereItStands() throws Unreadable {
    var root =
        read("""
        kind: journey
        trigger:
          event: Signed Up
        steps:
          - send: {channel: email, template: hello}
          - wait: 2d
          - wait-for: {event: Paid, within: 3d}
            then:
              - send:
                  channel: email
        name.with.dots: {x: 1}
        """)
            .getFirst()
            .root();

    assertEquals(new Place(1, 1), root.find(""));
    assertEquals(new Place(2, 1), root.find("trigger"));
    assertEquals(new Place(3, 10), root.find("trigger.event"));
    assertEquals(new Place(5, 38), root.find("steps[0].send.template"));
    assertEquals(new Place(6, 11), root.find("steps[1].wait"));
    assertEquals(new Place(10, 20), root.find("steps[2].then[0].send.channel"));
    assertEquals(new Place(11, 21), root.find("name.with.dots.x"));
  }

  @Test
  void whatIsMissingStandsWhereItShould() throws Unreadable {
    var root = read("a: 1\nsteps:\n  - send: {channel: email}\n").getFirst().root();

    assertEquals(new Place(3, 5), root.find("steps[0].send.template"));
    assertEquals(new Place(2, 1), root.find("steps[7].send"));
    assertEquals(new Place(2, 1), root.find("steps[x]"));
    assertEquals(new Place(1, 1), root.find("exit.event"));
  }

  @TestFactory
  Stream<DynamicTest> hostileFilesAreRefusedAtTheirPlace() {
    return Stream.of(
        refused("a tag", "a: !!java.net.URL [\"http://x\"]", 1, 4, "Tags such as"),
        refused("a local tag", "a:\n  b: !thing {}", 2, 6, "Tags such as"),
        refused("a harmless tag", "a: !!str 5", 1, 4, "Tags such as"),
        refused("a tag on a name", "!!str a: 5", 1, 1, "Tags such as"),
        refused("a name twice", "a: 1\nb: 2\na: 3", 3, 1, "stands here twice"),
        refused("a name twice within", "a: {b: 1, b: 2}", 1, 11, "stands here twice"),
        refused("an object as a name", "? {a: 1}\n: 2", 1, 3, "plain texts"),
        refused("an alias of nothing", "a: *b", 1, 4, "has no anchor"),
        refused("an alias of itself", "a: &b [*b]", 1, 8, "has no anchor"),
        refused("infinity", "a: .inf", 1, 4, "cannot be written in JSON"),
        refused("not a number", "a: .nan", 1, 4, "cannot be written in JSON"),
        refused("hexadecimal", "a: 0x1F", 1, 4, "cannot be written in JSON"),
        refused("a huge number", "a: 1e999", 1, 4, "cannot be written in JSON"),
        refused("a list as a document", "- a\n- b", 1, 1, "A definition is an object"),
        refused("a broken file", "a: [1, 2\nb: 3", 2, 2, ""),
        refused("a tab", "a:\n\tb: 1", 2, 1, ""),
        refused("a control character", "a: \u0007", 1, 1, ""),
        refused("depth", "a: " + "[".repeat(100_000), 1, 54, "50 levels"));
  }

  @Test
  void aliasesCountAsOftenAsTheyAreUsed() {
    var laughs = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i <= 9; i++) {
      laughs.append("a").append(i).append(": &a").append(i).append(" [");
      laughs.append(("*a" + (i - 1) + ", ").repeat(9)).append("*a").append(i - 1).append("]\n");
    }

    var refusal =
        assertTimeout(
            Duration.ofSeconds(5),
            () -> assertThrows(Unreadable.class, () -> read(laughs.toString())));

    assertTrue(refusal.fault().detail().contains("10000 values"), refusal.fault().detail());
    assertEquals(4, refusal.fault().line());
  }

  @Test
  void anAliasIsTheValueItsAnchorNames() throws Unreadable {
    var fields = read("a: &x {b: 1}\nc: *x\n").getFirst().fields();

    assertEquals("{\"a\":{\"b\":1},\"c\":{\"b\":1}}", Json.text(fields));
  }

  private static DynamicTest refused(
      String name, String text, int line, int column, String detail) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          var refusal = assertThrows(Unreadable.class, () -> read(text));

          assertEquals("f.yaml", refusal.fault().file());
          assertEquals(
              line + ":" + column, refusal.fault().line() + ":" + refusal.fault().column());
          assertTrue(refusal.fault().detail().contains(detail), refusal.fault().detail());
        });
  }

  private static List<Document> read(String text) throws Unreadable {
    return YamlReader.read(new SourceFile("f.yaml", text));
  }
}
