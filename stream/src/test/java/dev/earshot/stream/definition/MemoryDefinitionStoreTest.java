package dev.earshot.stream.definition;

import dev.earshot.stream.DefinitionStore;

class MemoryDefinitionStoreTest extends DefinitionStoreConformance {

  private final MemoryDefinitionStore store = new MemoryDefinitionStore();

  @Override
  DefinitionStore store() {
    return store;
  }
}
