package dev.earshot.channel.email;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One mailbox: {@code Ada <ada@example.com>}. A text with two, or with a line break, is none.
 *
 * @param name what people see, or empty
 * @param address with the domain in its ASCII form
 */
public record MailAddress(String name, String address) {

  private static final int ADDRESS_LENGTH_MAX = 254;
  private static final int LOCAL_LENGTH_MAX = 64;
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

  /** The last one is no number. */
  private static final Pattern LABELS =
      Pattern.compile("(" + LABEL + "\\.)*(?=[0-9-]*[A-Za-z])" + LABEL);

  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}<>@,;:\"\\\\]{0,128}");

  /** Reads {@code ada@example.com} or {@code Ada <ada@example.com>}. */
  public static Optional<MailAddress> parse(String text) {
    int open = text.indexOf('<');
    if (open < 0) {
      return of("", text.strip());
    }
    var bare = text.strip();
    return bare.endsWith(">")
        ? of(
            text.substring(0, open).strip(),
            bare.substring(bare.indexOf('<') + 1, bare.length() - 1))
        : Optional.empty();
  }

  public String domain() {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? address : name + " <" + address + ">";
  }

  private static Optional<MailAddress> of(String name, String address) {
    int at = address.lastIndexOf('@');
    if (at < 1 || at > LOCAL_LENGTH_MAX || address.length() > ADDRESS_LENGTH_MAX) {
      return Optional.empty();
    }
    var local = address.substring(0, at);
    return domain(address.substring(at + 1))
        .filter(_ -> LOCAL.matcher(local).matches() && NAME.matcher(name).matches())
        .map(domain -> new MailAddress(name, local + '@' + domain));
  }

  /** Most domains are ASCII as they stand; to read the tables for the others takes its time. */
  private static Optional<String> domain(String domain) {
    if (LABELS.matcher(domain).matches()) {
      return Optional.of(domain);
    }
    try {
      return Optional.of(IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES))
          .filter(ascii -> LABELS.matcher(ascii).matches());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
