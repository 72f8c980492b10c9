package dev.earshot.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FlightsTest {

  private final Flights flights = new Flights("run");

  @Test
  void aFlightLastsFromTheMomentItWasDueToItsFirstArrival() throws InterruptedException {
    long first = flights.begin(2);
    long due = System.nanoTime() - 1_000_000_000;
    for (long number = first; number < first + 2; number++) {
      flights.answered(number, due, new Answer.Status(200));
      flights.arrived(due + 7_000_000, webhook(number));
    }
    flights.arrived(due + 9_000_000, webhook(first));

    var figures = flights.end();

    assertEquals(2, figures.accepted());
    assertEquals(2, figures.arrived());
    assertEquals(1, figures.repeated());
    assertEquals(7, figures.arrival().millis(1));
    assertTrue(figures.answer().millis(0.5) >= 1000);
  }

  @Test
  void aStragglerOfAnEarlierMeasurementIsNotCounted() throws InterruptedException {
    long straggler = flights.begin(1);
    long first = flights.begin(1);
    flights.arrived(5, webhook(straggler));
    flights.answered(first, 1, new Answer.Status(503));

    var figures = flights.end();

    assertEquals(1, figures.sent());
    assertEquals(0, figures.accepted());
    assertEquals(0, figures.arrived());
  }

  private Wire.Message webhook(long number) {
    return new Wire.Message("POST /hook HTTP/1.1", flights.event(number));
  }
}
