package dev.earshot.stream.host;

import static dev.earshot.stream.host.HostDriver.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Json;
import dev.earshot.event.Value.Fields;
import dev.earshot.stream.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineProcessorTest {

  @TempDir Path folder;
  private HostDriver host;

  @BeforeEach
  void open() {
    host = new HostDriver(folder, new Echo());
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void anEventIsToldToItsUserAtTheTimeOfTheLog() {
    host.hear("e1", "ada", "hello", 5);

    assertEquals(List.of("ada hello at 5"), host.said());
  }

  @Test
  void aTimerFiresOnceWhenDue() {
    host.hear("e1", "ada", "set tea 60", 0);
    host.clockTo(59);
    assertEquals(List.of(), host.said());

    host.clockTo(61);
    assertEquals(List.of("tea! at 60"), host.said());

    host.clockTo(1000);
    assertEquals(List.of(), host.said());
    assertEquals(0, host.timersRunning());
  }

  @Test
  void aHostThatHasHadARestIsNotLateForATimer() {
    host.hear("e1", "ada", "set tea 5000", 0);
    host.clockTo(4000);

    host.watchTo(5000);

    assertEquals(List.of("tea! at 5000"), host.said());
  }

  @Test
  void timersOfManyUsersFireInTheOrderInWhichTheyAreDue() {
    host.hear("e1", "ada", "set third 30", 0);
    host.hear("e2", "bob", "set first 10", 0);
    host.hear("e3", "ada", "set second 20", 0);

    host.clockTo(40);

    assertEquals(List.of("first! at 10", "second! at 20", "third! at 30"), host.said());
  }

  @Test
  void aCancelledTimerDoesNotFire() {
    host.hear("e1", "ada", "set tea 60", 0);
    host.hear("e2", "ada", "cancel tea", 1);

    host.clockTo(100);

    assertEquals(List.of(), host.said());
    assertEquals(0, host.timersRunning());
  }

  @Test
  void aTimerThatIsSetAgainMoves() {
    host.hear("e1", "ada", "set tea 60", 0);
    host.hear("e2", "ada", "set tea 60", 50);
    assertEquals(1, host.timersRunning());

    host.clockTo(100);
    assertEquals(List.of(), host.said());

    host.clockTo(111);
    assertEquals(List.of("tea! at 110"), host.said());
  }

  @Test
  void beforeAnEventOfTimeTTheTimersOfItsUserDueByThenFireEachAtItsOwnTime() {
    host.hear("e1", "ada", "set late 20", 0);
    host.hear("e2", "ada", "set early 10", 0);
    host.hear("e3", "bob", "set other 10", 0);

    host.hear("e4", "ada", "hello", 30);

    assertEquals(List.of("early! at 10", "late! at 20", "ada hello at 30"), host.said());
  }

  @Test
  void aTimerFiresThroughTheLogSoThatAReplayAgrees() {
    host.hear("e1", "ada", "set tea 60", 0);

    host.clockTo(61);

    var ticks = host.read(Topic.EVENTS);
    assertEquals(1, ticks.size());
    assertEquals(
        "{\"kind\":\"tick\"}", new String(ticks.getFirst().value(), StandardCharsets.UTF_8));
  }

  @Test
  void anIdleHostWritesNoTicks() {
    host.hear("e1", "ada", "set tea 5000", 0);

    host.clockTo(4000);

    assertEquals(List.of(), host.read(Topic.EVENTS));
  }

  @Test
  void oneTickFiresABoundedNumberOfTimersAndTheNextFollowsAtOnce() {
    int timers = 2 * MachineProcessor.FIRED_MAX + 1;
    for (int n = 0; n < timers; n++) {
      host.hear("e" + n, "user" + n, "set tea 10", 0);
    }

    host.clockTo(11);

    assertEquals(timers, host.said().size());
    assertEquals(3, host.read(Topic.EVENTS).size());
  }

  @Test
  void afterDowntimeTimersFireOnceInOrderAndNoFasterThanTheRate() {
    var due = setInFirstHour(5000);

    host.standStillTo(3600);
    host.watchTo(3620);

    assertEquals(due, saidOnce(5));
    assertEquals(0, host.timersRunning());
  }

  @Test
  void aRestartWhileCatchingUpChangesNothing() throws IOException {
    var due = setInFirstHour(5000);

    host.standStillTo(3600);
    host.watchTo(3602);
    var before = saidOnce(2);
    host = host.restarted(Files.createDirectory(folder.resolve("next")), new Echo());
    host.watchTo(3620);

    var after = saidOnce(4);
    assertEquals("restart! at 0", after.removeFirst());
    assertEquals(due, Stream.concat(before.stream(), after.stream()).toList());
    assertEquals(0, host.timersRunning());
  }

  @Test
  void aTimerInTimeGoesPastThoseThatAreLate() {
    var due = setInFirstHour(1500);
    host.hear("e-ada", "ada", "set tea 3601", 0);

    host.standStillTo(3600);
    host.watchTo(3602);

    var said = host.said();
    assertTrue(said.contains("tea! at 3601"));
    assertTrue(said.size() < due.size());
  }

  @Test
  void whatAUserHadDueBeforeFiresBeforeATimerInTimeLateAsItIs() {
    setInFirstHour(1500);
    host.hear("e-ada1", "ada", "set lunch 3590", 0);
    host.hear("e-ada2", "ada", "set tea 3601", 0);

    host.standStillTo(3600);
    host.watchTo(3602);

    var hers = host.said().stream().filter(said -> said.matches("(lunch|tea)!.*")).toList();
    assertEquals(List.of("lunch! at 3590", "tea! at 3601"), hers);
  }

  @Test
  void anEventAmongManyLateTimersIsHeardAtOnceAfterWhatItsUserHadDue() {
    setInFirstHour(1500);
    host.hear("e-ada1", "ada", "set lunch 3590", 0);
    host.standStillTo(3600);
    host.watchTo(3601);
    host.said();

    host.hear("e-ada2", "ada", "hello", 3601);

    assertEquals(List.of("lunch! at 3590", "ada hello at 3601"), host.said());
  }

  @Test
  void noTimerFiresWhileTheClockIsNotTrustedAndAllFireOnceThereafter() {
    host.hear("e1", "ada", "set tea 10", 0);
    host.trustClock(false);
    host.clockTo(3600);
    host.hear("e2", "bob", "hello", 3600);
    assertEquals(List.of("bob hello at 3600"), host.said());
    assertEquals(List.of(), host.read(Topic.EVENTS));

    host.trustClock(true);
    host.clockTo(3610);

    assertEquals(List.of("tea! at 10"), host.said());
  }

  @Test
  void aTickThatWasOnItsWayWhenTheClockJumpedIsNotBelieved() {
    host.hear("e1", "ada", "set tea 10", 0);
    host.trustClock(false);

    host.raw("tick-0", bytes("{\"kind\":\"tick\"}"), 3600);

    assertEquals(List.of(), host.said());
    assertEquals(1, host.timersRunning());
  }

  @Test
  void aRepeatIsRecognisedWhenTheClockWasSetBack() {
    long window = HostDriver.WINDOW.toSeconds();
    host.hear("e1", "ada", "hello", window + 1);
    host.hear("e1", "ada", "hello", window - 600);
    host.hear("e2", "ada", "again", window - 600);
    host.hear("e2", "ada", "again", window + 1);

    assertEquals(List.of("ada hello at 1001", "ada again at 400"), host.said());
  }

  @Test
  void theSameEventTwiceIsOneEvent() {
    host.hear("e1", "ada", "hello", 0);
    host.hear("e1", "ada", "hello", 1);
    host.hear("e2", "ada", "hello", 2);

    assertEquals(List.of("ada hello at 0", "ada hello at 2"), host.said());
  }

  @Test
  void aRepeatIsRecognisedExactlyWithinTheWindow() {
    long window = HostDriver.WINDOW.toSeconds();
    host.hear("e1", "ada", "hello", 990);
    host.hear("e1", "ada", "hello", 990 + window - 1);
    host.hear("e1", "ada", "hello", 990 + window);
    host.hear("e1", "ada", "hello", 990 + window + 1);

    assertEquals(List.of("ada hello at 990", "ada hello at 1990"), host.said());
  }

  @Test
  void aStateThatIsAsAtFirstIsDeleted() {
    host.hear("e1", "ada", "hello", 0);
    assertTrue(host.knows("w|u:ada"));

    host.hear("e2", "ada", "forget", 1);

    assertFalse(host.knows("w|u:ada"));
  }

  @Test
  void anEventThatMakesTheMachineFailIsSetAsideAndHoldsUpNobody() {
    host.hear("e1", "ada", "hello", 0);
    host.hear("e2", "ada", "fail", 1);
    host.hear("e3", "ada", "again", 2);

    assertEquals(List.of("ada hello at 0", "ada again at 2"), host.said());
    var set = Json.parseFields(host.read(Topic.QUARANTINE).getFirst().value());
    assertEquals("step_failed", set.get("code").shown());
    assertEquals("IllegalStateException: asked to fail", set.get("reason").shown());
    assertEquals("w", set.get("workspace").shown());
    assertEquals(true, set.at("document.body").shown().contains("\"id\":\"e2\""));
  }

  @Test
  void aRecordThatCannotBeReadIsSetAside() {
    host.raw("ada", bytes("{\"kind\":\"event\",\"id\":1"), 0);
    host.raw("ada", bytes("nonsense"), 1);
    host.raw("ada", new byte[] {(byte) 0xff, 0x00}, 2);
    host.hear("e1", "ada", "hello", 3);

    assertEquals(List.of("ada hello at 3"), host.said());
    var codes = new ArrayList<String>();
    for (var record : host.read(Topic.QUARANTINE)) {
      codes.add(Json.parseFields(record.value()).get("code").shown());
    }
    assertEquals(List.of("record_unreadable", "record_unreadable", "record_unreadable"), codes);
  }

  @Test
  void aTimerThatMakesTheMachineFailIsSetAsideAndNotTriedAgain() {
    host.hear("e1", "ada", "set broken 10", 0);
    host.hear("e2", "bob", "set tea 20", 0);

    host.clockTo(30);

    assertEquals(List.of("tea! at 20"), host.said());
    assertEquals(0, host.timersRunning());
    assertEquals(1, host.read(Topic.QUARANTINE).size());
  }

  @Test
  void definitionsAreActiveFromTheirActivationOn() {
    host.hear("e1", "ada", "count", 0);
    host.raw("anyone", new Activation(List.of(definition(1), definition(2))).json(), 1);
    host.hear("e2", "ada", "count", 2);

    assertEquals(List.of("0 definitions at 0", "2 definitions at 2"), host.said());
  }

  @Test
  void anActivationWrittenTwiceIsOne() {
    var activation = new Activation(List.of(definition(1))).json();
    host.raw("anyone", activation, 0);
    host.raw("anyone", activation, 1);
    host.hear("e1", "ada", "count", 2);

    assertEquals(List.of("1 definitions at 2"), host.said());
  }

  /** Sets as many timers for a thousand users; what they will say when each fires in its turn. */
  private List<String> setInFirstHour(int timers) {
    var due = new TreeMap<String, String>();
    for (int n = 0; n < timers; n++) {
      int second = 1 + n * 7 % 3499;
      var user = "user%03d".formatted(n % 1000);
      host.hear("e" + n, user, "set t%d %d".formatted(n, second), 0);
      due.put("%04d %s".formatted(second, user), "t%d! at %d".formatted(n, second));
    }
    return List.copyOf(due.values());
  }

  /** What was said since the last call, in so many seconds and never faster than the rate. */
  private List<String> saidOnce(int seconds) {
    var records = host.read(Topic.FACTS);
    var perSecond =
        records.stream()
            .collect(
                Collectors.groupingBy(
                    record -> record.timestamp() / 1000, TreeMap::new, Collectors.counting()));
    assertTrue(
        Collections.max(perSecond.values()) <= HostDriver.CATCH_UP_RATE, perSecond::toString);
    assertTrue(perSecond.size() <= seconds, perSecond::toString);
    return HostDriver.said(records);
  }

  private static Definition definition(int version) {
    return new Definition(
        "w",
        DefinitionKind.JOURNEY,
        "welcome",
        version,
        Fields.EMPTY,
        false,
        Instant.EPOCH,
        "someone");
  }
}
