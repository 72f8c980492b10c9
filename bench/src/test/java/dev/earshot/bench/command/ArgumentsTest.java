package dev.earshot.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private static final Option RATES = new Option("rates", "100,1000", "events a second");
  private static final Option FILE = new Option("file", "", "where to write");

  @Test
  void whatIsNotSaidIsAsTheStandardHasIt() {
    var arguments = read("--file", "x");

    assertEquals(List.of(100, 1000), arguments.numbers(RATES));
    assertEquals("x", arguments.text(FILE));
  }

  @Test
  void anUnknownOptionIsToldWithThoseThereAre() {
    var failure = assertThrows(BenchFailure.class, () -> read("--rate", "5"));

    assertEquals("There is no option --rate; there are --rates, --file.", failure.getMessage());
  }

  @Test
  void anOptionWithoutItsValueAndANumberThatIsNoneAreTold() {
    assertThrows(BenchFailure.class, () -> read("--rates"));
    assertThrows(BenchFailure.class, () -> read("--rates", "5,many").numbers(RATES));
    assertThrows(BenchFailure.class, () -> read("--rates", "0").numbers(RATES));
  }

  @Test
  void aFlagHoldsWhenItIsSaid() {
    var flag = Option.flag("quick", "not for long");
    var options = List.of(flag, FILE);

    assertTrue(Arguments.read(List.of("--quick", "--file", "x"), options).says(flag));
    assertFalse(Arguments.read(List.of("--file", "x"), options).says(flag));
  }

  private static Arguments read(String... words) {
    return Arguments.read(List.of(words), List.of(RATES, FILE));
  }
}
