package dev.earshot.bench.proof;

import dev.earshot.bench.proof.Shot.Purpose.Passes;
import dev.earshot.bench.proof.Shot.Purpose.Poison;
import dev.earshot.bench.proof.Shot.Purpose.Sends;
import dev.earshot.bench.proof.Shot.Purpose.SendsLater;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * All that is sent in one proof. Every event is known by its number; what it is follows from the
 * seed.
 */
public final class Load {

  private final String run;
  private final long seed;
  private final List<Destination> destinations;
  private final Pattern id;
  private final NavigableMap<Long, Phase> phases = new ConcurrentSkipListMap<>();
  private long next = 1;

  /** Events of one mode, one after another. */
  record Phase(Mode mode, long first, int count, int perSecond) {

    boolean has(long number) {
      return number < first + count;
    }

    List<Long> numbers() {
      return LongStream.range(first, first + count).boxed().toList();
    }
  }

  /** The event that an id names. */
  record Named(Workspace workspace, long event) {}

  /**
   * @param run tells it from all others that a server has seen
   * @param destinations that messages go to
   */
  public Load(String run, long seed, List<Destination> destinations) {
    this.run = run;
    this.seed = seed;
    this.destinations = List.copyOf(destinations);
    id = Pattern.compile("prove-" + run + "-(home|other)-(\\d+)");
  }

  public String run() {
    return run;
  }

  List<Destination> destinations() {
    return destinations;
  }

  Phase begin(Mode mode, int seconds, int perSecond) {
    int rate = mode.rate(perSecond);
    var phase = new Phase(mode, next, seconds * rate, rate);
    phases.put(phase.first, phase);
    next += phase.count;
    return phase;
  }

  Shot shot(long number) {
    var phase = phases.floorEntry(number).getValue();
    return phase.mode.shot(new Mode.Range(seed, phase.first, destinations), number);
  }

  /** Whether somebody sends an event of that number. */
  boolean has(long number) {
    return Optional.ofNullable(phases.floorEntry(number))
        .map(Map.Entry::getValue)
        .filter(phase -> phase.has(number))
        .isPresent();
  }

  public String id(Shot shot) {
    return "prove-%s-%s-%d".formatted(run, shot.workspace().word(), shot.event());
  }

  /** What the first id in a text names, if there is one of this load. */
  Optional<Named> named(String text) {
    return Optional.of(id.matcher(text)).filter(Matcher::find).map(Load::named);
  }

  /** What a text names that is such an id and nothing more. */
  Optional<Named> namedBy(String text) {
    return Optional.of(id.matcher(text)).filter(Matcher::matches).map(Load::named);
  }

  private static Named named(Matcher id) {
    return new Named(
        id.group(1).equals(Workspace.HOME.word()) ? Workspace.HOME : Workspace.OTHER,
        Long.parseLong(id.group(2)));
  }

  /** Something of this load that is no event of it. */
  String mark(String what) {
    return "prove-" + run + "-" + what;
  }

  public String user(Shot shot) {
    return shot.workspace().word() + "-" + shot.user();
  }

  /** The event in the form of the Segment protocol. */
  public String json(Shot shot) {
    var name =
        switch (shot.purpose()) {
          case Passes() -> member(Published.PASSED);
          case Sends(var to) -> member(Published.event(to));
          case SendsLater() -> member(Published.LATER);
          case Poison() -> "";
        };
    return """
    {"type":"track",%s"messageId":"%s","userId":"%s","properties":{"proof":"%s"}}\
    """
        .formatted(name, id(shot), user(shot), id(shot));
  }

  private static String member(String event) {
    return "\"event\":\"" + event + "\",";
  }
}
