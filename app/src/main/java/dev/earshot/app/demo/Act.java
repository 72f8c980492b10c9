package dev.earshot.app.demo;

/** What a person may do next during a visit, and how likely at which stage of their story. */
enum Act {
  LOOK_AROUND(55, 12, 6),
  READ_DOCS(12, 8, 6),
  VIEW_PRICING(18, 9, 1),
  SIGN_UP(15, 0, 0),
  USE_FEATURE(0, 44, 58),
  CREATE_PROJECT(0, 8, 8),
  EXPORT_REPORT(0, 6, 11),
  INVITE(0, 5, 6),
  START_TRIAL(0, 5, 1),
  ASK_SUPPORT(0, 3, 3),
  /** Only ever follows a look at the prices. */
  CHECK_OUT(0, 0, 0),
  /** Only ever follows the checkout. */
  SUBSCRIBE(0, 0, 0);

  private static final Act[] ALL = values();

  private final int asVisitor;
  private final int asFreeUser;
  private final int asSubscriber;

  /** How likely it is at each stage; each column adds up to a hundred. */
  Act(int asVisitor, int asFreeUser, int asSubscriber) {
    this.asVisitor = asVisitor;
    this.asFreeUser = asFreeUser;
    this.asSubscriber = asSubscriber;
  }

  static Act of(Stage stage, Chance chance) {
    int draw = chance.below(100);
    for (var act : ALL) {
      draw -= act.weight(stage);
      if (draw < 0) {
        return act;
      }
    }
    return LOOK_AROUND;
  }

  private int weight(Stage stage) {
    return switch (stage) {
      case VISITOR -> asVisitor;
      case FREE -> asFreeUser;
      case SUBSCRIBER -> asSubscriber;
    };
  }

  /** Where a person stands with the product. */
  enum Stage {
    VISITOR,
    FREE,
    SUBSCRIBER
  }
}
