package dev.earshot.channel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a destination and we know, and nobody else: it signs each webhook. */
public final class WebhookSecret {

  private static final String PREFIX = "whsec_";
  private static final int LENGTH_MIN = 24;
  private static final int LENGTH_MAX = 64;
  private static final int LENGTH_GENERATED = 32;

  private final byte[] key;

  private WebhookSecret(byte[] key) {
    this.key = key;
  }

  /** Reads {@code whsec_} and 24 to 64 bytes in base64; empty for anything else. */
  public static Optional<WebhookSecret> parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      var key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      return key.length >= LENGTH_MIN && key.length <= LENGTH_MAX
          ? Optional.of(new WebhookSecret(key))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * @param chance must be hard to guess: a {@link java.security.SecureRandom}
   */
  public static WebhookSecret generate(RandomGenerator chance) {
    var key = new byte[LENGTH_GENERATED];
    chance.nextBytes(key);
    return new WebhookSecret(key);
  }

  /** The secret itself, to be shown once to its owner. */
  public String reveal() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /** Signs the bytes that go out: {@code v1,<base64>}. */
  String sign(String id, Instant at, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed(id, at, body)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", e);
    }
  }

  @Override
  public String toString() {
    return PREFIX + "****";
  }

  private static byte[] signed(String id, Instant at, byte[] body) {
    var bytes = new ByteArrayOutputStream(body.length + 64);
    bytes.writeBytes((id + '.' + at.getEpochSecond() + '.').getBytes(UTF_8));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }
}
