package dev.earshot.channel.webhook;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** A block of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}. */
public final class Cidr {

  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)/([0-9]{1,3})");

  private final byte[] prefix;
  private final int bits;

  private Cidr(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  public static Optional<Cidr> parse(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      var prefix = InetAddress.ofLiteral(form.group(1)).getAddress();
      int bits = Integer.parseInt(form.group(2));
      return bits <= prefix.length * Byte.SIZE
          ? Optional.of(new Cidr(prefix, bits))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A block that is known to be well-formed. */
  static Cidr of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("no block: " + text));
  }

  public boolean contains(InetAddress address) {
    var bytes = address.getAddress();
    if (bytes.length != prefix.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((bytes[bit / Byte.SIZE] ^ prefix[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
