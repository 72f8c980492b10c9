package dev.earshot.app.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.earshot.app.doctor.Finding.Verdict;
import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerStatusTest {

  private static final long ROOM = 900L << 20;

  @Test
  void aServerThatIsWellIsGoodThroughout() {
    assertEquals(
        List.of(
            Finding.good("server", "http://127.0.0.1:8080, version 0.1.0, ready"),
            Finding.good("log", "broker embedded, durability os"),
            Finding.good("room", "900 MB are free on its disk, and 512 MB are kept in reserve"),
            Finding.good(
                "mail",
                "it goes to mailbox, without unsubscribe links, since public-url is not set"),
            Finding.good("time", "its clock goes as it should"),
            Finding.good("lag", "decisions are 0.2 s behind the log"),
            Finding.good("partitions", "1 of 2 are worked on here")),
        status(true, "ready", "0.2", ROOM).findings());
  }

  @Test
  void aServerThatIsNotReadyIsDoubtful() {
    assertEquals(
        Verdict.DOUBTFUL,
        status(false, "restoring 43 %", "0", ROOM).findings().getFirst().verdict());
  }

  @Test
  void lagIsDoubtfulBeforeItIsBad() {
    assertEquals(Verdict.GOOD, lag("4.9"));
    assertEquals(Verdict.DOUBTFUL, lag("5"));
    assertEquals(Verdict.BAD, lag("60"));
  }

  @Test
  void aReserveThatIsTouchedIsBad() {
    assertEquals(
        Verdict.BAD,
        status(false, "the disk is nearly full", "0", ROOM / 2).findings().get(2).verdict());
  }

  private static Verdict lag(String seconds) {
    return status(true, "ready", seconds, ROOM).findings().get(5).verdict();
  }

  @Test
  void aClockThatIsNotTrustedIsBad() {
    var clock =
        new ServerStatus(new Fields(Map.of("clock", Value.of("It jumped.")))).findings().get(4);

    assertEquals(Verdict.BAD, clock.verdict());
    assertEquals("It jumped.", clock.found());
  }

  private static ServerStatus status(boolean ready, String state, String lagSeconds, long free) {
    var json =
        """
        {"url":"http://127.0.0.1:8080","version":"0.1.0","ready":%s,"state":"%s",
         "durability":"os","broker":"embedded","mail":"mailbox","lagSeconds":%s,
         "disk":{"freeBytes":%d,"totalBytes":10000000000,"reserveBytes":536870912},
         "partitions":[{"partition":0,"state":"running"},{"partition":1,"state":"elsewhere"}]}
        """
            .formatted(ready, state, lagSeconds, free);
    return new ServerStatus(Json.parseFields(json.getBytes(StandardCharsets.UTF_8)));
  }
}
