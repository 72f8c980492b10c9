package dev.earshot.app.configuration;

import dev.earshot.channel.email.MailAddress;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A kind of value that a key can have.
 *
 * @param expected what a text of this kind looks like, for a person
 * @param reading turns a text into a value; throws {@link IllegalArgumentException} when it is none
 */
record Kind<T>(String expected, Function<String, T> reading) {

  static final Kind<String> TEXT = new Kind<>("text", Function.identity());

  static final Kind<Secret> SECRET = new Kind<>("text, kept out of every log", Secret::new);

  static final Kind<String> MAIL_ADDRESS =
      new Kind<>("a mail address such as Earshot <earshot@example.com>", Kind::mailAddress);

  static final Kind<Path> FOLDER = new Kind<>("a folder", Path::of);

  static final Kind<Integer> PORT = whole("a port, 0 to 65535; 0 takes a free one", 0, 65_535);

  static final Kind<URI> URL = new Kind<>("a URL with http or https", Kind::url);

  static final Kind<List<String>> ADDRESSES =
      new Kind<>("host:port, several with commas", text -> items(text, Kind::hostAndPort));

  static final Kind<List<String>> NETWORKS =
      new Kind<>(
          "networks such as 10.0.0.0/8, several with commas", text -> items(text, Kind::cidr));

  static final Kind<Long> ROOM = new Kind<>("a size such as 512MB or 10GB", Kind::size);

  static final Kind<Duration> DURATION =
      new Kind<>("a duration such as 500ms, 30s, 15m, 24h or 7d", Kind::duration);

  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*([a-zA-Z]+)");

  static Kind<Integer> whole(String expected, int least, int most) {
    return new Kind<>(
        expected,
        text -> {
          int number = Integer.parseInt(text);
          require(number >= least && number <= most);
          return number;
        });
  }

  static Kind<Integer> size(int least, int most) {
    return new Kind<>(
        "a size such as 512B, 32KB or 10MB, %dKB to %dMB".formatted(least >> 10, most >> 20),
        text -> {
          long size = size(text);
          require(size >= least && size <= most);
          return (int) size;
        });
  }

  static <E extends Enum<E>> Kind<E> oneOf(Class<E> words) {
    return new Kind<>(
        Arrays.stream(words.getEnumConstants()).map(Kind::word).collect(Collectors.joining(" or ")),
        text -> constant(words, text));
  }

  static <E extends Enum<E>> Kind<Set<E>> someOf(Class<E> words) {
    return new Kind<>(
        "some of "
            + Arrays.stream(words.getEnumConstants())
                .map(Kind::word)
                .collect(Collectors.joining(", ")),
        text -> {
          var some = items(text, item -> constant(words, item));
          require(!some.isEmpty());
          return Set.copyOf(some);
        });
  }

  private static <E extends Enum<E>> E constant(Class<E> words, String text) {
    return Enum.valueOf(words, text.toUpperCase(Locale.ROOT));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <T> List<T> items(String text, Function<String, T> item) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(item)
        .toList();
  }

  private static URI url(String text) {
    var url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    require(url.getHost() != null && Set.of("http", "https").contains(url.getScheme()));
    return url;
  }

  private static String mailAddress(String text) {
    require(MailAddress.parse(text).isPresent());
    return text;
  }

  private static String hostAndPort(String text) {
    int colon = text.lastIndexOf(':');
    require(colon > 0);
    int port = Integer.parseInt(text.substring(colon + 1));
    require(port > 0 && port <= 65_535);
    return text;
  }

  private static String cidr(String text) {
    int slash = text.indexOf('/');
    var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int bits = address.getAddress().length * Byte.SIZE;
    int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
    require(prefix >= 0 && prefix <= bits);
    return address.getHostAddress() + "/" + prefix;
  }

  private static Duration duration(String text) {
    var amount = AMOUNT.matcher(text);
    require(amount.matches());
    long number = Long.parseLong(amount.group(1));
    return switch (amount.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> throw new IllegalArgumentException();
    };
  }

  private static long size(String text) {
    var amount = AMOUNT.matcher(text);
    require(amount.matches());
    long number = Long.parseLong(amount.group(1));
    return switch (amount.group(2).toUpperCase(Locale.ROOT)) {
      case "B" -> number;
      case "KB" -> number << 10;
      case "MB" -> number << 20;
      case "GB" -> Math.multiplyExact(number, 1L << 30);
      default -> throw new IllegalArgumentException();
    };
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }
}
