package dev.earshot.channel.webhook;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a webhook goes, read so strictly that no two programs can read it differently.
 *
 * @param target what is asked for on the connection: path and query
 */
public record WebhookUrl(boolean secure, String host, int port, String target) {

  private static final int LENGTH_MAX = 2048;
  private static final int HOST_LENGTH_MAX = 253;
  private static final Pattern FORM =
      Pattern.compile(
          "(https?)://([a-z0-9.-]+|\\[[0-9a-f:.]+])(?::([1-9][0-9]{0,4}))?"
              + "((?:[/?][!-~&&[^\\\\#\"<>^`{|}]]*)?)");
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern QUAD =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

  /** A last label that begins with a digit makes an address of a name, in some form or other. */
  private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?[0-9][^.]*");

  /** Empty for everything but a plain http or https URL with lower-case ASCII letters. */
  public static Optional<WebhookUrl> parse(String text) {
    var form = FORM.matcher(text);
    if (text.length() > LENGTH_MAX || !form.matches() || !hostIsPlain(form.group(2))) {
      return Optional.empty();
    }
    boolean secure = form.group(1).equals("https");
    int port = form.group(3) == null ? (secure ? 443 : 80) : Integer.parseInt(form.group(3));
    var target = form.group(4).startsWith("/") ? form.group(4) : "/" + form.group(4);
    return port > 65_535
        ? Optional.empty()
        : Optional.of(new WebhookUrl(secure, form.group(2), port, target));
  }

  /** The address, where the host is one and not a name. */
  Optional<InetAddress> literal() {
    if (host.startsWith("[")) {
      return Optional.of(InetAddress.ofLiteral(host.substring(1, host.length() - 1)));
    }
    return QUAD.matcher(host).matches()
        ? Optional.of(InetAddress.ofLiteral(host))
        : Optional.empty();
  }

  private static boolean hostIsPlain(String host) {
    if (host.startsWith("[")) {
      return isAddress(host.substring(1, host.length() - 1));
    }
    return host.length() <= HOST_LENGTH_MAX
        && NAME.matcher(host).matches()
        && (!NUMERIC.matcher(host).matches() || QUAD.matcher(host).matches());
  }

  private static boolean isAddress(String literal) {
    try {
      InetAddress.ofLiteral(literal);
      return literal.indexOf(':') >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
