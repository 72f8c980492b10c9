package dev.earshot.portal.delivery;

import dev.earshot.engine.delivery.DeliveryInput;
import dev.earshot.engine.delivery.DeliveryInput.Discarded;
import dev.earshot.engine.delivery.DeliveryInput.Redriven;
import java.util.Locale;

/** What can be ordered about a dead delivery. */
enum OrderKind {
  REDRIVE,
  DISCARD;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  DeliveryInput input(String deliveryId, String by) {
    return switch (this) {
      case REDRIVE -> new Redriven(deliveryId, by);
      case DISCARD -> new Discarded(deliveryId, by);
    };
  }
}
