package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Activity;
import dev.earshot.engine.audience.Metric;
import dev.earshot.engine.audience.Metrics;
import dev.earshot.engine.audience.Profile;
import dev.earshot.engine.audience.Profile.Membership;
import dev.earshot.engine.journey.UserState.Account;
import dev.earshot.engine.journey.UserState.MovedTo;
import dev.earshot.engine.journey.UserState.Person;
import dev.earshot.engine.journey.UserState.Unknown;
import dev.earshot.event.Subject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The binary form of a {@link UserState}: a version byte, a kind byte, and its parts in their
 * order. A change of this form is a new version, which reads the older ones.
 */
public final class UserStateCodec {

  private static final int VERSION = 2;

  /** A message had no channel and no time of its own to go out. */
  private static final int VERSION_1 = 1;

  private static final int UNKNOWN = 0;
  private static final int PERSON = 1;
  private static final int MOVED_TO = 2;
  private static final int ACCOUNT = 3;

  private UserStateCodec() {}

  /** Bytes that are no state, or one of a version that this program does not know. */
  public static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  public static byte[] write(UserState state) {
    var writer = new StateWriter();
    writer.put(VERSION);
    switch (state) {
      case Unknown() -> writer.put(UNKNOWN);
      case Person person -> {
        writer.put(PERSON);
        person(writer, person);
      }
      case MovedTo(var subject, var user) -> {
        writer.put(MOVED_TO);
        subject(writer, subject);
        subject(writer, user);
      }
      case Account(var subject, var traits, var members, var untold) -> {
        writer.put(ACCOUNT);
        subject(writer, subject);
        writer.properties(traits);
        list(writer, members, member -> subject(writer, member));
        writer.number(untold);
      }
    }
    return writer.written();
  }

  /** Reads what {@link #write} wrote; throws {@link Unreadable} for anything else. */
  public static UserState read(byte[] bytes) {
    var reader = new StateReader(bytes);
    int version = reader.octet();
    if (version != VERSION && version != VERSION_1) {
      throw new Unreadable(
          "the state of a user has version "
              + version
              + "; this program reads versions 1 to "
              + VERSION);
    }
    var state =
        switch (reader.octet()) {
          case UNKNOWN -> Unknown.UNKNOWN;
          case PERSON -> person(reader, version);
          case MOVED_TO -> new MovedTo(subject(reader), subject(reader));
          case ACCOUNT ->
              new Account(
                  subject(reader),
                  reader.properties(),
                  reader.list(() -> subject(reader)),
                  reader.smallNumber());
          default -> throw reader.broken("its kind is not known");
        };
    reader.end();
    return state;
  }

  private static void person(StateWriter writer, Person person) {
    subject(writer, person.subject());
    profile(writer, person.profile());
    activity(writer, person.activity());
    progress(writer, person.progress());
    list(writer, person.anonymousIds(), writer::text);
    writer.number(person.dropped());
  }

  private static Person person(StateReader reader, int version) {
    return new Person(
        subject(reader),
        profile(reader),
        activity(reader),
        progress(reader, version),
        reader.list(reader::text),
        reader.smallNumber());
  }

  private static void profile(StateWriter writer, Profile profile) {
    writer.properties(profile.traits());
    writer.time(profile.traitsAt());
    list(
        writer,
        profile.accounts(),
        membership -> {
          writer.text(membership.account());
          writer.properties(membership.traits());
        });
  }

  private static Profile profile(StateReader reader) {
    return new Profile(
        reader.properties(),
        reader.time(),
        reader.list(() -> new Membership(reader.text(), reader.properties())));
  }

  private static void activity(StateWriter writer, Activity activity) {
    metrics(writer, activity.events());
    metrics(writer, activity.counts());
    writer.time(activity.firstSeenAt());
    writer.time(activity.lastSeenAt());
  }

  private static Activity activity(StateReader reader) {
    return new Activity(metrics(reader), metrics(reader), reader.time(), reader.time());
  }

  private static void metrics(StateWriter writer, Metrics metrics) {
    writer.number(metrics.size());
    for (int index = 0; index < metrics.size(); index++) {
      writer.text(metrics.name(index));
      metric(writer, metrics.metric(index));
    }
  }

  // Each time as the distance from the one after it: a few bytes instead of six.
  private static void metric(StateWriter writer, Metric metric) {
    writer.number(metric.count());
    writer.signed(metric.lastMillis());
    writer.signed(metric.lastMillis() - metric.firstMillis());
    writer.number(metric.recentCount());
    long later = metric.lastMillis();
    for (int index = metric.recentCount() - 1; index >= 0; index--) {
      writer.number(later - metric.recentMillis(index));
      later = metric.recentMillis(index);
    }
  }

  private static Metrics metrics(StateReader reader) {
    int size = reader.size();
    if (size == 0) {
      return Metrics.EMPTY;
    }
    var names = new String[size];
    var metrics = new Metric[size];
    for (int index = 0; index < size; index++) {
      names[index] = reader.text();
      metrics[index] = metric(reader);
    }
    try {
      return Metrics.ofSorted(names, metrics);
    } catch (IllegalArgumentException e) {
      throw reader.broken(String.valueOf(e.getMessage()));
    }
  }

  private static Metric metric(StateReader reader) {
    long count = reader.number();
    long lastMillis = reader.signed();
    long firstMillis = lastMillis - reader.signed();
    var recent = new long[reader.size()];
    long later = lastMillis;
    for (int index = recent.length - 1; index >= 0; index--) {
      later -= reader.number();
      recent[index] = later;
    }
    return Metric.owning(count, firstMillis, lastMillis, recent);
  }

  private static void progress(StateWriter writer, Progress progress) {
    list(writer, progress.runs(), run -> run(writer, run));
    list(writer, progress.visits(), visit -> visit(writer, visit));
    list(writer, progress.sends(), sent -> sent(writer, sent));
    writer.time(progress.silence().dueAt());
    writer.time(progress.silence().since());
    writer.number(progress.silence().covered().toMillis());
  }

  private static Progress progress(StateReader reader, int version) {
    return new Progress(
        reader.list(() -> run(reader)),
        reader.list(() -> visit(reader)),
        reader.list(() -> version == VERSION_1 ? sent1(reader) : sent(reader)),
        new Silence(reader.time(), reader.time(), Duration.ofMillis(reader.number())));
  }

  private static void run(StateWriter writer, Run run) {
    writer.text(run.id());
    writer.text(run.journey());
    writer.number(run.version());
    writer.number(run.node());
    writer.time(run.enteredAt());
    writer.time(run.since());
    writer.time(run.dueAt());
    writer.text(run.cause().name());
    writer.properties(run.cause().properties());
    writer.time(run.cause().at());
  }

  private static Run run(StateReader reader) {
    return new Run(
        reader.text(),
        reader.text(),
        reader.smallNumber(),
        reader.smallNumber(),
        reader.time(),
        reader.time(),
        reader.time(),
        new Run.Cause(reader.text(), reader.properties(), reader.time()));
  }

  private static void visit(StateWriter writer, Visit visit) {
    writer.text(visit.journey());
    writer.text(visit.run());
    writer.number(visit.version());
    writer.time(visit.enteredAt());
    writer.number(visit.count());
    writer.put(visit.goalReached() ? 1 : 0);
    writer.time(visit.hourStartedAt());
    writer.number(visit.hourSteps());
  }

  private static Visit visit(StateReader reader) {
    return new Visit(
        reader.text(),
        reader.text(),
        reader.smallNumber(),
        reader.time(),
        reader.number(),
        reader.octet() == 1,
        reader.time(),
        reader.smallNumber());
  }

  private static void sent(StateWriter writer, Sent sent) {
    writer.text(sent.delivery());
    writer.text(sent.journey());
    writer.text(sent.channel());
    writer.time(sent.at());
    writer.time(sent.notBefore());
  }

  private static Sent sent(StateReader reader) {
    return new Sent(reader.text(), reader.text(), reader.text(), reader.time(), reader.time());
  }

  private static Sent sent1(StateReader reader) {
    var delivery = reader.text();
    var journey = reader.text();
    var at = reader.time();
    return new Sent(delivery, journey, "", at, at);
  }

  private static void subject(StateWriter writer, Subject subject) {
    writer.text(subject.key());
  }

  private static Subject subject(StateReader reader) {
    return Subject.parse(reader.text()).orElseThrow(() -> reader.broken("a subject is expected"));
  }

  private static <T> void list(StateWriter writer, List<T> items, Consumer<T> each) {
    writer.number(items.size());
    items.forEach(each);
  }
}
