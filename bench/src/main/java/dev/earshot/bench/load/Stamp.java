package dev.earshot.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * Bytes with numbers in them that can be changed in place, so that the next event costs no more
 * than its digits. Not for several threads: each takes a {@link #copy}.
 */
public final class Stamp {

  /** Where the number of an event goes, and where that of its user. */
  public static final String NUMBER = "@@@@@@@@@@@@";

  public static final String USER = "############";

  /** How many users the events are spread over, unless something else is said. */
  static final int USERS = 10_000;

  private static final int DIGITS = NUMBER.length();

  private final byte[] bytes;
  private final int[] numbers;
  private final int[] users;
  private final int usersMax;

  private Stamp(byte[] bytes, int[] numbers, int[] users, int usersMax) {
    this.bytes = bytes;
    this.numbers = numbers;
    this.users = users;
    this.usersMax = usersMax;
  }

  public static Stamp of(byte[] bytes) {
    return of(bytes, USERS);
  }

  /**
   * @param users how many the events are spread over
   */
  public static Stamp of(byte[] bytes, int users) {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    return new Stamp(bytes.clone(), places(text, NUMBER), places(text, USER), users);
  }

  public Stamp copy() {
    return new Stamp(bytes.clone(), numbers, users, usersMax);
  }

  public int events() {
    return users.length;
  }

  /** The bytes with the numbers from {@code first} on; the same array every time. */
  public byte[] with(long first) {
    for (int event = 0; event < numbers.length; event++) {
      write(numbers[event], first + event);
    }
    for (int event = 0; event < users.length; event++) {
      write(users[event], (first + event) % usersMax);
    }
    return bytes;
  }

  private void write(int place, long number) {
    long rest = number;
    for (int at = place + DIGITS - 1; at >= place; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static int[] places(String text, String mark) {
    return IntStream.iterate(
            text.indexOf(mark), at -> at >= 0, at -> text.indexOf(mark, at + DIGITS))
        .toArray();
  }
}
