package dev.earshot.stream.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.stream.DefinitionStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every {@link DefinitionStore} does. */
abstract class DefinitionStoreConformance {

  final String workspace = "w" + UUID.randomUUID().toString().substring(0, 8);

  abstract DefinitionStore store();

  @Test
  void whatIsPublishedIsThere() {
    var welcome = definition(DefinitionKind.JOURNEY, "welcome", 1, false);

    store().publish(List.of(welcome)).join();

    assertEquals(
        Optional.of(welcome), store().latest(workspace, DefinitionKind.JOURNEY, "welcome"));
    assertEquals(List.of(welcome), store().current(workspace, DefinitionKind.JOURNEY));
    assertTrue(store().workspaces().contains(workspace));
  }

  @Test
  void everyVersionStaysAndTheNewestCounts() {
    var first = definition(DefinitionKind.JOURNEY, "welcome", 1, false);
    var second = definition(DefinitionKind.JOURNEY, "welcome", 2, false);

    store().publish(List.of(first)).join();
    store().publish(List.of(second)).join();

    assertEquals(
        Optional.of(first), store().version(workspace, DefinitionKind.JOURNEY, "welcome", 1));
    assertEquals(Optional.of(second), store().latest(workspace, DefinitionKind.JOURNEY, "welcome"));
    assertEquals(List.of(second), store().current(workspace, DefinitionKind.JOURNEY));
  }

  @Test
  void theRetiredAreKnownAndNotCurrent() {
    var retired = definition(DefinitionKind.TEMPLATE, "old", 2, true);
    store().publish(List.of(definition(DefinitionKind.TEMPLATE, "old", 1, false), retired)).join();

    assertEquals(List.of(), store().current(workspace, DefinitionKind.TEMPLATE));
    assertEquals(Optional.of(retired), store().latest(workspace, DefinitionKind.TEMPLATE, "old"));
  }

  @Test
  void theSameVersionPublishedTwiceIsTheFirst() {
    var first = definition(DefinitionKind.KEY, "k1", 1, false);
    store().publish(List.of(first)).join();
    store().publish(List.of(definition(DefinitionKind.KEY, "k1", 1, true))).join();

    assertEquals(Optional.of(first), store().latest(workspace, DefinitionKind.KEY, "k1"));
  }

  @Test
  void aListenerHearsWhatWasAndWhatComes() {
    var heard = new CopyOnWriteArrayList<Definition>();
    var before = definition(DefinitionKind.JOURNEY, "before", 1, false);
    var after = definition(DefinitionKind.JOURNEY, "after", 1, false);

    store().publish(List.of(before)).join();
    store()
        .listen(definition -> {
          if (definition.workspace().equals(workspace)) {
            heard.add(definition);
          }
        });
    store().publish(List.of(after)).join();

    assertEquals(List.of(before, after), heard);
  }

  Definition definition(DefinitionKind kind, String id, int version, boolean retired) {
    return new Definition(
        workspace,
        kind,
        id,
        version,
        new Fields(Map.of("name", Value.of(id))),
        retired,
        Instant.parse("2026-11-20T12:00:00Z"),
        "someone");
  }
}
