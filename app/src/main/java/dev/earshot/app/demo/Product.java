package dev.earshot.app.demo;

import dev.earshot.event.EventType;
import dev.earshot.event.Properties;
import dev.earshot.event.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a software product with people and habits makes, in the order of their times, for
 * as long as anybody is left. The same seed, people, start and days give the same calls, to the
 * byte. It keeps the people and nothing of what they did.
 */
public final class Product implements Iterator<Message> {

  /** How early in the days people come: at 1 they would come evenly. */
  private static final double EARLINESS = 1.25;

  /** People keep coming for this share of the days beyond their end. */
  private static final double AFTERGLOW = 0.04;

  private static final String NOBODY = "everybody has left";

  private final PriorityQueue<Turn> agenda = new PriorityQueue<>();
  private final Deque<Message> told = new ArrayDeque<>();
  private final String idPrefix;
  private long count;
  private long now;

  /**
   * @param days over which most of the people arrive
   */
  public Product(long seed, int people, Instant start, Duration days) {
    idPrefix =
        Long.toString(seed, Character.MAX_RADIX)
            + "-"
            + Long.toString(start.toEpochMilli(), Character.MAX_RADIX)
            + "-";
    populate(seed, people, start.toEpochMilli(), days.toMillis() * (1 + AFTERGLOW));
  }

  @Override
  public boolean hasNext() {
    while (told.isEmpty() && !agenda.isEmpty()) {
      var turn = agenda.remove();
      if (turn.isStale()) {
        continue;
      }
      now = turn.at;
      turn.person.act(this);
      await(turn.person);
    }
    return !told.isEmpty();
  }

  @Override
  public Message next() {
    if (!hasNext()) {
      throw new NoSuchElementException(NOBODY);
    }
    return told.remove();
  }

  /** The call that {@link #next} will return. */
  Message peek() {
    if (!hasNext()) {
      throw new NoSuchElementException(NOBODY);
    }
    return told.element();
  }

  /** The time of the calls that are being made. */
  Instant now() {
    return Instant.ofEpochMilli(now);
  }

  void tell(
      EventType type,
      String name,
      @Nullable String userId,
      @Nullable String anonymousId,
      @Nullable String groupId,
      Fields content,
      Properties context) {
    told.add(
        new Message(
            idPrefix + count++,
            type,
            name,
            userId,
            anonymousId,
            groupId,
            Properties.of(content),
            context,
            now()));
  }

  /** Lets somebody who was to come later come soon. */
  void invite(Person person) {
    person.invite(now);
    await(person);
  }

  private void await(Person person) {
    if (person.nextAt != Person.NEVER) {
      agenda.add(new Turn(person.nextAt, person));
    }
  }

  private void populate(long seed, int people, long startMillis, double spanMillis) {
    int number = 0;
    for (int companyNumber = 1; number < people; companyNumber++) {
      var companyChance = new Chance(seed, -companyNumber);
      var company = new Company(companyNumber, companyChance);
      int colleagues = company.peopleAmong(companyChance);
      for (int colleague = 0; colleague < colleagues && number < people; colleague++) {
        var chance = new Chance(seed, ++number);
        double come = Math.pow(chance.fraction(), EARLINESS);
        var person = new Person(number, company, chance, startMillis + (long) (come * spanMillis));
        company.expects(person);
        await(person);
      }
    }
  }

  /** Whose turn it is when; no longer true when the person has other plans by then. */
  private record Turn(long at, Person person) implements Comparable<Turn> {

    boolean isStale() {
      return person.nextAt != at;
    }

    @Override
    public int compareTo(Turn other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Integer.compare(person.number, other.person.number);
    }
  }
}
