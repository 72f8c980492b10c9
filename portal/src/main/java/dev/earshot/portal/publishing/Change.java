package dev.earshot.portal.publishing;

import dev.earshot.event.JsonWriter;
import dev.earshot.portal.publishing.Draft.Name;
import java.util.Locale;
import java.util.Optional;

/**
 * What applying does to one definition.
 *
 * @param from the version that is in force now, 0 when there is none
 * @param to the version that is in force afterwards, or that ends it
 * @param diff as unified text, without secrets; empty when nothing changes that may be shown
 * @param secret the one that was generated for a destination without any, shown here only
 */
record Change(Name name, int from, int to, Action action, String diff, Optional<String> secret) {

  /** The kinds of change. */
  enum Action {
    CREATE,
    UPDATE,
    UNCHANGED,
    RETIRE
  }

  static Change of(Name name, int from, int to, Action action, String diff) {
    return new Change(name, from, to, action, diff, Optional.empty());
  }

  Change withSecret(Optional<String> shown) {
    return new Change(name, from, to, action, diff, shown);
  }

  void write(JsonWriter json) {
    json.open().member("kind", name.kind().word()).member("id", name.id());
    if (from > 0) {
      json.member("from", from);
    }
    json.member("to", to)
        .member("action", action.name().toLowerCase(Locale.ROOT))
        .member("diff", diff);
    secret.ifPresent(text -> json.member("secret", text));
    json.close();
  }

  /** Without the secret: a change may be logged. */
  @Override
  public String toString() {
    return action + " " + name.kind().word() + " " + name.id() + " v" + from + " to v" + to;
  }
}
