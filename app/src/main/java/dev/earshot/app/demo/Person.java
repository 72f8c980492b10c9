package dev.earshot.app.demo;

import static dev.earshot.event.EventType.GROUP;
import static dev.earshot.event.EventType.IDENTIFY;
import static dev.earshot.event.EventType.PAGE;
import static dev.earshot.event.EventType.TRACK;

import dev.earshot.app.demo.Act.Stage;
import dev.earshot.event.EventType;
import dev.earshot.event.Properties;
import dev.earshot.event.Times;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody who meets the product: their habit, where they stand, and what they do next. */
final class Person {

  /** Never again. */
  static final long NEVER = Long.MAX_VALUE;

  private static final double WEEK_MILLIS = 7 * 24 * 3600 * 1000.0;
  private static final double INVITATION_MILLIS = 20 * 3600 * 1000.0;
  private static final double PAUSE_SECONDS = 45;
  private static final double COMPARES_PLANS = 0.55;
  private static final double PAYS = 0.7;
  private static final int TRIALS_MAX = 3;

  private static final List<String> FIRST_NAMES =
      List.of(
          "Ada",
          "Aiko",
          "Alan",
          "Amara",
          "Anselm",
          "Barbara",
          "Bo",
          "Carla",
          "Chidi",
          "Dana",
          "Edsger",
          "Elif",
          "Emil",
          "Farah",
          "Fatima",
          "Grace",
          "Hedy",
          "Hugo",
          "Ines",
          "Ivan",
          "Jean",
          "Joan",
          "Jonas",
          "Kamal",
          "Karen",
          "Katherine",
          "Lea",
          "Leslie",
          "Linus",
          "Luca",
          "Mae",
          "Margaret",
          "Marie",
          "Mateo",
          "Mei",
          "Niklaus",
          "Noor",
          "Olga",
          "Omar",
          "Priya",
          "Radia",
          "Ravi",
          "Rosa",
          "Ruth",
          "Samir",
          "Sofia",
          "Sven",
          "Tariq",
          "Tim",
          "Uma",
          "Vera",
          "Wanda",
          "Yara",
          "Yusuf",
          "Zoe");
  private static final List<String> LAST_NAMES =
      List.of(
          "Abara",
          "Allen",
          "Andersen",
          "Bauer",
          "Bello",
          "Borg",
          "Castro",
          "Chen",
          "Conti",
          "Diaz",
          "Dubois",
          "Eriksen",
          "Fischer",
          "Garcia",
          "Goldberg",
          "Haddad",
          "Hansen",
          "Hopper",
          "Ibrahim",
          "Ito",
          "Jansen",
          "Johnson",
          "Kaya",
          "Keller",
          "Khan",
          "Kim",
          "Kovacs",
          "Lamarr",
          "Larsen",
          "Lopez",
          "Mbeki",
          "Meyer",
          "Moreau",
          "Nakamura",
          "Novak",
          "Okafor",
          "Olsen",
          "Patel",
          "Perlman",
          "Petrov",
          "Ricci",
          "Rossi",
          "Santos",
          "Sato",
          "Schmidt",
          "Silva",
          "Singh",
          "Tanaka",
          "Turing",
          "Vasquez",
          "Weber",
          "Wong",
          "Yilmaz",
          "Zhang");
  private static final List<String> ROLES =
      List.of("analyst", "designer", "developer", "founder", "manager", "marketer", "operations");
  private static final List<String> FEATURES =
      List.of("boards", "reports", "automations", "forms", "integrations", "timeline");
  private static final List<String> PLANS = List.of("pro", "pro", "team", "enterprise");
  private static final List<String> PAGES = List.of("Home", "Customers", "Blog", "Changelog");
  private static final List<String> DOCS = List.of("quickstart", "imports", "api", "permissions");
  private static final List<String> SOURCES = List.of("navigation", "upgrade-banner", "newsletter");
  private static final List<String> FORMATS = List.of("csv", "pdf", "xlsx");
  private static final List<String> PROJECTS = List.of("blank", "launch", "roadmap", "sprint");
  private static final List<String> TOPICS = List.of("billing", "imports", "permissions", "speed");
  private static final List<String> REASONS =
      List.of("price", "missing feature", "no longer needed");

  final int number;

  /** When this person does something next, in milliseconds; where they stand in the agenda. */
  long nextAt;

  private final Company company;
  private final Chance chance;
  private final Habit habit;
  private final int hoursEast;
  private final String userId;
  private final String anonymousId;
  private final String firstName;
  private final String lastName;
  private final Properties context;

  private Stage stage = Stage.VISITOR;
  private @Nullable Act last;
  private int stepsLeft;
  private int trials;
  private boolean invited;
  private boolean arrived;
  private boolean pays;

  Person(int number, Company company, Chance chance, long arrivesAt) {
    this.number = number;
    this.company = company;
    this.chance = chance;
    nextAt = arrivesAt;
    habit = Habit.of(chance);
    hoursEast = chance.below(14) - 5;
    userId = "user_" + chance.token(8);
    anonymousId = "anon_" + chance.token(16);
    firstName = chance.pick(FIRST_NAMES);
    lastName = chance.pick(LAST_NAMES);
    context = contextOf(chance.pick(List.of("en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "ja-JP")));
  }

  /** A colleague asks this person in: they come within the next days and sign up at once. */
  void invite(long now) {
    invited = true;
    nextAt = now + 1 + (long) chance.waiting(INVITATION_MILLIS);
  }

  /** Does the next thing, tells {@code product} of it, and decides when to do another. */
  void act(Product product) {
    long now = nextAt;
    if (!arrived) {
      arrive(product);
    } else if (stepsLeft == 0) {
      startVisit(product);
    }
    var act = choose();
    perform(act, product);
    last = act;
    stepsLeft--;
    nextAt = stepsLeft > 0 ? now + pause() : afterVisit(product);
  }

  private void arrive(Product product) {
    arrived = true;
    company.welcomes(this);
    stepsLeft = visitLength();
    if (invited) {
      perform(Act.SIGN_UP, product);
      tell(product, TRACK, "Invitation Accepted", Fields.EMPTY);
    }
  }

  private void startVisit(Product product) {
    stepsLeft = visitLength();
    last = null;
    if (stage == Stage.FREE && company.isSubscribed()) {
      changePlan(product, Stage.SUBSCRIBER);
    } else if (stage == Stage.SUBSCRIBER && !company.isSubscribed()) {
      changePlan(product, Stage.FREE);
    }
  }

  private int visitLength() {
    return 1 + (int) chance.waiting(habit.stepsPerVisit - 0.5);
  }

  private long pause() {
    return 2000 + (long) (chance.waiting(PAUSE_SECONDS) * 1000);
  }

  private long afterVisit(Product product) {
    if (chance.happens(habit.leaves())) {
      leave(product);
      return NEVER;
    }
    double gap = chance.waiting(WEEK_MILLIS / habit.visitsPerWeek);
    return WorkWeek.near(nextAt + (long) gap, nextAt, hoursEast, chance);
  }

  private void leave(Product product) {
    if (pays) {
      tell(product, TRACK, "Subscription Cancelled", fields("reason", chance.pick(REASONS)));
      company.subscribes(false);
      changePlan(product, Stage.FREE);
    }
  }

  private Act choose() {
    if (last == Act.VIEW_PRICING) {
      if (stage == Stage.FREE && chance.happens(habit.buys)) {
        return Act.CHECK_OUT;
      }
      if (chance.happens(COMPARES_PLANS)) {
        return Act.VIEW_PRICING;
      }
    }
    if (last == Act.CHECK_OUT && chance.happens(PAYS)) {
      return Act.SUBSCRIBE;
    }
    return possible(Act.of(stage, chance));
  }

  private Act possible(Act act) {
    return switch (act) {
      case SIGN_UP -> habit == Habit.WINDOW_SHOPPER ? Act.LOOK_AROUND : act;
      case START_TRIAL -> trials < TRIALS_MAX ? act : Act.USE_FEATURE;
      case INVITE -> company.colleague().isPresent() ? act : Act.USE_FEATURE;
      default -> act;
    };
  }

  private void perform(Act act, Product product) {
    switch (act) {
      case LOOK_AROUND -> {
        var page = chance.pick(PAGES);
        tell(product, PAGE, page, fields("path", "/" + page.toLowerCase(Locale.ROOT)));
      }
      case READ_DOCS -> tell(product, PAGE, "Docs", fields("path", "/docs/" + chance.pick(DOCS)));
      case VIEW_PRICING ->
          tell(
              product,
              TRACK,
              "Pricing Viewed",
              fields("plan", chance.pick(PLANS), "source", chance.pick(SOURCES)));
      case SIGN_UP -> signUp(product);
      case USE_FEATURE ->
          tell(
              product,
              TRACK,
              "Feature Used",
              fields("feature", chance.pick(FEATURES))
                  .with(number("seconds", 5 + (int) chance.waiting(120))));
      case CREATE_PROJECT ->
          tell(product, TRACK, "Project Created", fields("template", chance.pick(PROJECTS)));
      case EXPORT_REPORT ->
          tell(product, TRACK, "Report Exported", fields("format", chance.pick(FORMATS)));
      case INVITE -> company.colleague().ifPresent(colleague -> invite(colleague, product));
      case START_TRIAL -> {
        trials++;
        tell(product, TRACK, "Feature Trial Started", fields("feature", chance.pick(FEATURES)));
      }
      case ASK_SUPPORT ->
          tell(product, TRACK, "Support Requested", fields("topic", chance.pick(TOPICS)));
      case CHECK_OUT -> tell(product, TRACK, "Checkout Started", fields("plan", "pro"));
      case SUBSCRIBE -> subscribe(product);
    }
  }

  private void signUp(Product product) {
    stage = Stage.FREE;
    tell(product, IDENTIFY, "", traits(product));
    product.tell(GROUP, "", userId, null, company.id, company.traits(), context);
    tell(product, TRACK, "Signed Up", fields("via", invited ? "invitation" : "website"));
  }

  private void invite(Person colleague, Product product) {
    tell(product, TRACK, "Teammate Invited", fields("email", colleague.email()));
    company.welcomes(colleague);
    product.invite(colleague);
  }

  private void subscribe(Product product) {
    pays = true;
    company.subscribes(true);
    int seats = 1 + chance.below(20);
    tell(
        product,
        TRACK,
        "Subscription Started",
        fields("plan", "pro").with(number("seats", seats)).with(number("amount", seats * 12)));
    product.tell(GROUP, "", userId, null, company.id, company.traits(), context);
    changePlan(product, Stage.SUBSCRIBER);
  }

  private void changePlan(Product product, Stage to) {
    stage = to;
    pays = pays && to == Stage.SUBSCRIBER;
    tell(product, IDENTIFY, "", fields("plan", plan()));
  }

  private String plan() {
    return stage == Stage.SUBSCRIBER ? "pro" : "free";
  }

  private Fields traits(Product product) {
    return fields("email", email(), "name", firstName + " " + lastName)
        .with(fields("firstName", firstName, "role", chance.pick(ROLES)))
        .with(fields("plan", plan(), "createdAt", Times.text(product.now())));
  }

  private String email() {
    return firstName.toLowerCase(Locale.ROOT)
        + "."
        + lastName.toLowerCase(Locale.ROOT)
        + number
        + "@"
        + company.domain;
  }

  /** Visitors have only the id of their browser; who signs up in it is linked to it. */
  private void tell(Product product, EventType type, String name, Fields content) {
    boolean known = stage != Stage.VISITOR;
    boolean inBrowser = !known || type == PAGE || type == IDENTIFY;
    product.tell(
        type, name, known ? userId : null, inBrowser ? anonymousId : null, null, content, context);
  }

  private static Properties contextOf(String locale) {
    Map<String, Value> context = new LinkedHashMap<>();
    context.put("library", fields("name", "earshot-demo"));
    context.put("locale", Value.of(locale));
    return Properties.of(new Fields(context));
  }

  private static Fields fields(String name, String text) {
    return new Fields(Map.of(name, Value.of(text)));
  }

  private static Fields fields(String name, String text, String other, String otherText) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put(name, Value.of(text));
    fields.put(other, Value.of(otherText));
    return new Fields(fields);
  }

  private static Fields number(String name, int number) {
    return new Fields(Map.of(name, Value.of(number)));
  }
}
