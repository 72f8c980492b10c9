package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.JsonWriter;
import java.util.Locale;

/**
 * What applying does to one definition.
 *
 * @param from the version that is in force now, 0 when there is none
 * @param to the version that is in force afterwards, or that ends it
 * @param diff as unified text; empty when nothing changes
 */
public record Change(DefinitionKind kind, String id, int from, int to, Action action, String diff) {

  /** The kinds of change. */
  public enum Action {
    CREATE,
    UPDATE,
    UNCHANGED,
    RETIRE
  }

  void write(JsonWriter json) {
    json.open().member("kind", kind.word()).member("id", id);
    if (from > 0) {
      json.member("from", from);
    }
    json.member("to", to)
        .member("action", action.name().toLowerCase(Locale.ROOT))
        .member("diff", diff)
        .close();
  }
}
