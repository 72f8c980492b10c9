package dev.earshot.gateway.admission;

import dev.earshot.event.Times;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids for messages whose sender gave none. Each receipt has its own: the same message sent twice is
 * two facts, for nobody said that it is one.
 */
final class DerivedId {

  private static final int LENGTH = 32;

  private DerivedId() {}

  static String of(Message message, Envelope envelope) {
    var digest = sha256();
    var receipt =
        String.join(
            "|",
            envelope.workspace(),
            Times.text(envelope.receivedAt()),
            envelope.requestId(),
            Integer.toString(message.document().from()));
    digest.update(receipt.getBytes(StandardCharsets.UTF_8));
    digest.update(message.document().copy());
    return "derived-" + HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
