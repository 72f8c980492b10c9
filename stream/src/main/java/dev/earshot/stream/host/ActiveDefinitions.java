package dev.earshot.stream.host;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionJson;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/** The definitions that are active in one partition, every version that ever was. */
final class ActiveDefinitions {

  static final String STORE = "definitions";

  private final KeyValueStore<String, byte[]> store;

  ActiveDefinitions(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  void add(Activation activation) {
    for (var definition : activation.definitions()) {
      store.put(key(definition), DefinitionJson.write(definition));
    }
  }

  /** All of them; the versions of one definition in their order. */
  List<Definition> all() {
    var all = new ArrayList<Definition>();
    try (var entries = store.all()) {
      entries.forEachRemaining(entry -> all.add(DefinitionJson.read(entry.value)));
    }
    return all;
  }

  static String key(Definition definition) {
    return "%s|%s|%s|%08d"
        .formatted(
            definition.workspace(),
            definition.kind().word(),
            definition.id(),
            definition.version());
  }
}
