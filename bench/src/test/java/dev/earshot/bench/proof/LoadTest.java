package dev.earshot.bench.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.bench.load.Events;
import dev.earshot.bench.proof.Load.Named;
import dev.earshot.event.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LoadTest {

  private final Load load = load(7);

  @Test
  void theSameSeedGivesTheSameEvents() {
    var one = Arrays.stream(Mode.values()).flatMap(mode -> shots(load, mode).stream()).toList();
    var same = load(7);
    var again = Arrays.stream(Mode.values()).flatMap(mode -> shots(same, mode).stream()).toList();
    var other = load(8);
    var different =
        Arrays.stream(Mode.values()).flatMap(mode -> shots(other, mode).stream()).toList();

    assertEquals(one, again);
    assertNotEquals(one, different);
  }

  @Test
  void everyModeIsWhatItSays() {
    assertEquals(200, count(Mode.STEADY, shot -> shot.destination().isPresent()));
    assertEquals(20_000, load.begin(Mode.BURST, 1, 1000).count());
    assertAbout(900, count(Mode.HOT_USER, shot -> shot.user().equals("hot")));
    assertAbout(900, count(Mode.HOT_WORKSPACE, shot -> shot.workspace() == Workspace.OTHER));
    assertAbout(100, count(Mode.POISON, Shot::isPoison));
    assertAbout(100, count(Mode.RESEND, shot -> shot.number() != shot.event()));
  }

  @Test
  void journeysLeadToEveryDestination() {
    var met =
        shots(load, Mode.JOURNEYS).stream()
            .flatMap(shot -> shot.destination().stream())
            .collect(Collectors.toSet());

    assertEquals(Set.of(Destination.values()), met);
  }

  @Test
  void aRepeatIsTheSameEventAsItsFirst() {
    for (var shot : shots(load, Mode.RESEND)) {
      assertEquals(load.json(load.shot(shot.event())), load.json(shot));
    }
  }

  @Test
  void anEventIsKnownByItsId() {
    var shot = shots(load, Mode.STEADY).getFirst();
    var event = Json.parseFields(Events.bytes(load.json(shot)));

    var id = event.get("messageId").shown();

    assertEquals(Optional.of(new Named(Workspace.HOME, 1)), load.namedBy(id));
    assertEquals(load.namedBy(id), load.named("about " + id + ", you know"));
    assertEquals(Optional.empty(), load.namedBy(id + ":delivered"));
    assertEquals(Optional.empty(), new Load("another", 7, List.of()).named(id));
    assertTrue(load.has(1000));
    assertFalse(load.has(1001));
  }

  private long count(Mode mode, Predicate<Shot> wanted) {
    return shots(load, mode).stream().filter(wanted).count();
  }

  private static List<Shot> shots(Load load, Mode mode) {
    return load.begin(mode, 1, mode == Mode.BURST ? 50 : 1000).numbers().stream()
        .map(load::shot)
        .toList();
  }

  private static void assertAbout(long expected, long count) {
    assertTrue(Math.abs(expected - count) < 60, expected + " expected, " + count + " found");
  }

  private static Load load(long seed) {
    return new Load("run", seed, List.of(Destination.values()));
  }
}
