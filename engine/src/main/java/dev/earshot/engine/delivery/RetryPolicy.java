package dev.earshot.engine.delivery;

import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Whole;
import java.time.Duration;
import java.util.Optional;

/**
 * How often and how fast a destination is tried: the wait doubles from {@code first} and never
 * exceeds {@code ceiling}.
 *
 * @param attemptsMax how many failed attempts make a delivery dead
 */
public record RetryPolicy(Duration first, Duration ceiling, int attemptsMax) {

  public static final Duration FIRST_MIN = Duration.ofMillis(100);
  public static final Duration CEILING_MAX = Duration.ofHours(24);
  public static final int ATTEMPTS_LIMIT = 50;

  private static final int DOUBLINGS_MAX = 20;

  /** For destinations that say nothing else. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(5), 8);

  /** Brings every part within its limits. */
  public RetryPolicy {
    first = clamp(first, FIRST_MIN, CEILING_MAX);
    ceiling = clamp(ceiling, first, CEILING_MAX);
    attemptsMax = Math.clamp(attemptsMax, 1, ATTEMPTS_LIMIT);
  }

  /**
   * The policy in the body of a destination's definition, under {@code retry}; what it leaves open
   * or says wrongly is as in {@link #DEFAULT}.
   */
  public static RetryPolicy of(Fields destination) {
    return new RetryPolicy(
        duration(destination.at("retry.first")).orElse(DEFAULT.first),
        duration(destination.at("retry.ceiling")).orElse(DEFAULT.ceiling),
        destination.at("retry.attempts") instanceof Whole(var attempts)
            ? Math.toIntExact(Math.clamp(attempts, 1, ATTEMPTS_LIMIT))
            : DEFAULT.attemptsMax);
  }

  /**
   * How long to wait after {@code failures} failed attempts: the doubled wait, shortened by up to a
   * half, so that deliveries that failed together do not return together.
   *
   * @param chance what stands in for chance: a hash of the delivery and its attempt
   */
  Duration delay(int failures, long chance) {
    var whole = first.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
    var longest = whole.compareTo(ceiling) < 0 ? whole : ceiling;
    return longest.minus(share(longest.dividedBy(2), chance));
  }

  /** Somewhere between nothing and the whole of {@code duration}, as {@code chance} has it. */
  static Duration share(Duration duration, long chance) {
    return Duration.ofMillis((duration.toMillis() * (chance >>> 44)) >> 20);
  }

  static Duration clamp(Duration duration, Duration least, Duration most) {
    if (duration.compareTo(least) < 0) {
      return least;
    }
    return duration.compareTo(most) > 0 ? most : duration;
  }

  private static Optional<Duration> duration(Value value) {
    return value instanceof Text(var text) ? duration(text) : Optional.empty();
  }

  private static Optional<Duration> duration(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits > 9) {
      return Optional.empty();
    }
    long number = Long.parseLong(text.substring(0, digits));
    return switch (text.substring(digits)) {
      case "ms" -> Optional.of(Duration.ofMillis(number));
      case "s" -> Optional.of(Duration.ofSeconds(number));
      case "m" -> Optional.of(Duration.ofMinutes(number));
      case "h" -> Optional.of(Duration.ofHours(number));
      case "d" -> Optional.of(Duration.ofDays(number));
      default -> Optional.empty();
    };
  }
}
