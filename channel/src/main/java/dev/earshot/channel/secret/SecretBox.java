package dev.earshot.channel.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals short texts under the installation's master key with AES-256-GCM.
 *
 * <p>The nonce is a keyed hash of the text and its context, not chance: the same text sealed twice
 * in the same place looks the same, so that a definition that did not change is seen not to have
 * changed. A text sealed in one context does not open in another.
 */
public final class SecretBox {

  public static final int MASTER_KEY_LENGTH = 32;

  private static final String PREFIX = "sealed:v1:";
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec sealing;
  private final SecretKeySpec nonces;

  public SecretBox(byte[] masterKey) {
    if (masterKey.length != MASTER_KEY_LENGTH) {
      throw new IllegalArgumentException("a master key has " + MASTER_KEY_LENGTH + " bytes");
    }
    var master = new SecretKeySpec(masterKey, "HmacSHA256");
    this.sealing = new SecretKeySpec(hash(master, "seal".getBytes(UTF_8)), "AES");
    this.nonces = new SecretKeySpec(hash(master, "nonce".getBytes(UTF_8)), "HmacSHA256");
  }

  public static boolean isSealed(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * @param context where the text belongs, such as the workspace and id of a definition
   */
  public String seal(String text, String context) {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed(text, context));
  }

  /** The text, or empty when it was sealed elsewhere, with another key, or changed since. */
  public Optional<String> open(String sealed, String context) {
    if (!isSealed(sealed)) {
      return Optional.empty();
    }
    try {
      return opened(Base64.getUrlDecoder().decode(sealed.substring(PREFIX.length())), context);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The nonce, then the sealed text with its seal. */
  byte[] sealed(String text, String context) {
    var nonce = Arrays.copyOf(hash(nonces, joined(context, text)), NONCE_LENGTH);
    try {
      var body = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(text.getBytes(UTF_8));
      return ByteBuffer.allocate(nonce.length + body.length).put(nonce).put(body).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every JDK", e);
    }
  }

  Optional<String> opened(byte[] sealed, String context) {
    if (sealed.length < NONCE_LENGTH + TAG_BITS / Byte.SIZE) {
      return Optional.empty();
    }
    try {
      var nonce = Arrays.copyOf(sealed, NONCE_LENGTH);
      var text =
          cipher(Cipher.DECRYPT_MODE, nonce, context)
              .doFinal(sealed, NONCE_LENGTH, sealed.length - NONCE_LENGTH);
      return Optional.of(new String(text, UTF_8));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context.getBytes(UTF_8));
    return cipher;
  }

  /** The length in front keeps apart what a mere separator would not. */
  private static byte[] joined(String context, String text) {
    return (context.length() + ":" + context + text).getBytes(UTF_8);
  }

  private static byte[] hash(SecretKeySpec key, byte[] input) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", e);
    }
  }
}
