package dev.earshot.app.demo;

/** How a person uses the product. */
enum Habit {
  ENTHUSIAST(12, 6.0, 10, 0.10, 400),
  REGULAR(33, 3.0, 7, 0.06, 200),
  OCCASIONAL(28, 0.9, 4, 0.02, 120),
  /** Signs up, looks around for a few days, and is gone. */
  PASSER_BY(17, 3.0, 5, 0.005, 9),
  /** Looks at pages and prices, and never signs up. */
  WINDOW_SHOPPER(10, 0.7, 3, 0, 25);

  /** How many of a hundred people are like this. */
  private final int share;

  /** On average, while they are with us. */
  final double visitsPerWeek;

  /** On average. */
  final double stepsPerVisit;

  /** The chance that a look at the prices ends at the checkout. */
  final double buys;

  /** How long they are with us, on average. */
  private final double staysDays;

  Habit(int share, double visitsPerWeek, double stepsPerVisit, double buys, double staysDays) {
    this.share = share;
    this.visitsPerWeek = visitsPerWeek;
    this.stepsPerVisit = stepsPerVisit;
    this.buys = buys;
    this.staysDays = staysDays;
  }

  static Habit of(Chance chance) {
    int draw = chance.below(100);
    for (var habit : values()) {
      draw -= habit.share;
      if (draw < 0) {
        return habit;
      }
    }
    return REGULAR;
  }

  /** The chance that a visit was the last one. */
  double leaves() {
    return Math.min(1, 7 / (visitsPerWeek * staysDays));
  }
}
