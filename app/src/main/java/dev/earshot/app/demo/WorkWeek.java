package dev.earshot.app.demo;

import java.time.Duration;

/** When people of an office are at their screens, wherever on earth that is. */
final class WorkWeek {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** The first day of 1970 was a Thursday: this many days after a Monday. */
  private static final int EPOCH_WEEKDAY = 3;

  private static final int SATURDAY = 5;
  private static final double WEEKEND_WORK = 0.15;
  private static final double EVENING_WORK = 0.12;

  private WorkWeek() {}

  /**
   * A time of the same day that fits an office, or of the next Monday for most of a weekend; never
   * before {@code earliest}.
   *
   * @param hoursEast the local time's distance from UTC
   */
  static long near(long time, long earliest, int hoursEast, Chance chance) {
    long local = time + hoursEast * HOUR;
    long day = Math.floorDiv(local, DAY);
    int weekday = Math.floorMod(day + EPOCH_WEEKDAY, 7);
    if (weekday >= SATURDAY && !chance.happens(WEEKEND_WORK)) {
      day += 7 - weekday;
    }
    long fitting = day * DAY + timeOfDay(chance) - hoursEast * HOUR;
    return fitting > earliest ? fitting : Math.max(time, earliest + 1);
  }

  private static long timeOfDay(Chance chance) {
    if (chance.happens(EVENING_WORK)) {
      return (long) ((18 + 5 * chance.fraction()) * HOUR);
    }
    double hour = 8 + 5 * (chance.fraction() + chance.fraction());
    return (long) (hour * HOUR);
  }
}
