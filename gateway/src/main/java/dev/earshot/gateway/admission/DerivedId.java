package dev.earshot.gateway.admission;

import dev.earshot.event.Sha256;
import dev.earshot.event.Times;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Ids for messages whose sender gave none. Each receipt has its own: the same message sent twice is
 * two facts, for nobody said that it is one.
 */
final class DerivedId {

  private static final int LENGTH = 32;

  private DerivedId() {}

  static String of(Message message, Envelope envelope) {
    var receipt =
        String.join(
            "|",
            envelope.workspace(),
            Times.text(envelope.receivedAt()),
            envelope.requestId(),
            Integer.toString(message.document().from()));
    var digest = Sha256.of(receipt.getBytes(StandardCharsets.UTF_8), message.document().copy());
    return "derived-" + HexFormat.of().formatHex(digest).substring(0, LENGTH);
  }
}
