package dev.earshot.gateway.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.event.Json;
import dev.earshot.event.Properties;
import dev.earshot.gateway.admission.Splice.Member;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SpliceTest {

  @Test
  void aMemberIsAddedWhereThereIsNone() {
    var member = new Member("name", "a \"b\"");

    assertEquals(
        "{\"name\":\"a \\\"b\\\"\",\"x\":{\"name\":1}}",
        Splice.adding(object("{\"x\":{\"name\":1}}"), member).toString());
    assertEquals("{\"name\":1}", Splice.adding(object("{\"name\":1}"), member).toString());
    assertEquals("{ }", Splice.adding(object("{ }"), new Member("name", null)).toString());
  }

  @Test
  void addingToAnEmptyObjectLeavesItAnObject() {
    for (var empty : new String[] {"{}", "{ }", "{\n\t}"}) {
      var added = Splice.adding(object(empty), new Member("a", "b"));
      assertEquals("{\"a\":\"b\"}", Json.text(added.fields()));
    }
  }

  @Test
  void objectsAreMergedObjectByObjectAndTheUpperIsRight() {
    assertEquals(
        "{\"a\":{\"b\":1,\"c\":3,\"d\":4},\"e\":[2],\"f\":null}",
        Splice.merge(
                object("{\"a\":{\"b\":1,\"c\":2},\"e\":[1],\"f\":{}}"),
                object("{\"a\":{\"c\":3,\"d\":4},\"e\":[2],\"f\":null}"))
            .toString());
  }

  private static Properties object(String json) {
    return Properties.of(json.getBytes(StandardCharsets.UTF_8));
  }
}
