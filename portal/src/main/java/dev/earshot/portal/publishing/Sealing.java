package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Definition;
import dev.earshot.event.Value.Fields;
import java.util.Optional;

/**
 * Keeps the secrets of destinations: nothing secret is published in the clear, nor shown again.
 * Sealing the same text twice must give the same, so that what did not change is seen not to have.
 */
public interface Sealing {

  /**
   * A body fit to be published.
   *
   * @param generated a secret that was made because there was none, to be shown once
   */
  record Sealed(Fields body, Optional<String> generated) {}

  /**
   * @param previous the body of the version in force, sealed; no fields for none
   */
  Sealed seal(Definition draft, Fields previous);

  /** A body, sealed or not, as people may see it. */
  Fields masked(Fields body);
}
