package dev.earshot.portal;

import dev.earshot.engine.definition.Definition;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Text;
import dev.earshot.portal.publishing.Sealing;
import java.util.Map;
import java.util.Optional;

/** Seals the member {@code secret} by turning it round, and makes one where there was none. */
public final class TestSealing implements Sealing {

  public static final String GENERATED = "generated";

  private static final String SECRET = "secret";

  @Override
  public Sealed seal(Definition draft, Fields previous) {
    var body = draft.body();
    if (body.get(SECRET) instanceof Text(var secret)) {
      return new Sealed(with(body, "sealed " + reversed(secret)), Optional.empty());
    }
    if (previous.get(SECRET) instanceof Text(var kept)) {
      return new Sealed(with(body, kept), Optional.empty());
    }
    return new Sealed(with(body, "sealed " + reversed(GENERATED)), Optional.of(GENERATED));
  }

  @Override
  public Fields masked(Fields body) {
    return body.get(SECRET) instanceof Text ? with(body, "****") : body;
  }

  private static Fields with(Fields body, String secret) {
    return body.with(new Fields(Map.of(SECRET, Value.of(secret))));
  }

  private static String reversed(String text) {
    return new StringBuilder(text).reverse().toString();
  }
}
