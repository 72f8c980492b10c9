package dev.earshot.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4). */
public final class Sha256 {

  /** Never fed: a copy of it costs less than one that java's providers are asked for. */
  private static final MessageDigest EMPTY = empty();

  private Sha256() {}

  public static byte[] of(byte[]... parts) {
    var digest = begun();
    for (var part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  public static byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** In hexadecimal digits, small letters. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(of(text));
  }

  private static MessageDigest begun() {
    try {
      return (MessageDigest) EMPTY.clone();
    } catch (CloneNotSupportedException _) {
      // Another provider's, which an operator has put before java's own.
      return empty();
    }
  }

  private static MessageDigest empty() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
