package dev.earshot.gateway.unsubscribe;

import dev.earshot.event.Subject;
import java.util.Optional;

/** Says whose link it is. */
@FunctionalInterface
public interface Tokens {

  /** Empty for a token that nobody here has made. */
  Optional<Subject> subject(String token);
}
