package dev.earshot.app.demo;

import dev.earshot.event.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An account of the product: an employer of one or several of its people. */
final class Company {

  private static final List<String> FIRST =
      List.of(
          "Amber",
          "Birch",
          "Cedar",
          "Cobalt",
          "Copper",
          "Delta",
          "Ember",
          "Falcon",
          "Fjord",
          "Garnet",
          "Harbor",
          "Indigo",
          "Juniper",
          "Kestrel",
          "Lantern",
          "Linden",
          "Maple",
          "Meridian",
          "Nimbus",
          "North",
          "Onyx",
          "Opal",
          "Orchard",
          "Pebble",
          "Pioneer",
          "Quartz",
          "River",
          "Saffron",
          "Sierra",
          "Silver",
          "Summit",
          "Tidal",
          "Umber",
          "Vector",
          "Willow",
          "Zephyr");
  private static final List<String> SECOND =
      List.of(
          "Analytics",
          "Bank",
          "Clinics",
          "Foods",
          "Freight",
          "Games",
          "Health",
          "Industries",
          "Insurance",
          "Labs",
          "Logistics",
          "Media",
          "Motors",
          "Networks",
          "Partners",
          "Robotics",
          "Schools",
          "Software",
          "Studios",
          "Systems",
          "Textiles",
          "Travel",
          "Ventures",
          "Works");
  private static final List<String> INDUSTRIES =
      List.of(
          "education",
          "finance",
          "healthcare",
          "logistics",
          "manufacturing",
          "media",
          "retail",
          "software",
          "travel");

  final String id;
  final String domain;
  private final String name;
  private final int employees;
  private final String industry;
  private final Deque<Person> notYetHere = new ArrayDeque<>();
  private boolean subscribed;

  Company(int number, Chance chance) {
    id = "co_" + number;
    name = chance.pick(FIRST) + " " + chance.pick(SECOND);
    domain = name.toLowerCase(Locale.ROOT).replace(" ", "-") + "-" + number + ".example";
    employees = (int) Math.pow(10, 0.4 + 3.0 * Math.pow(chance.fraction(), 1.3));
    industry = chance.pick(INDUSTRIES);
  }

  /** How many of its employees will at some time meet the product. */
  int peopleAmong(Chance chance) {
    return 1 + Math.min(employees - 1, (int) chance.waiting(2));
  }

  void expects(Person person) {
    notYetHere.add(person);
  }

  void welcomes(Person person) {
    notYetHere.remove(person);
  }

  /** A colleague who could be invited. */
  Optional<Person> colleague() {
    return Optional.ofNullable(notYetHere.peek());
  }

  boolean isSubscribed() {
    return subscribed;
  }

  void subscribes(boolean now) {
    subscribed = now;
  }

  Value.Fields traits() {
    Map<String, Value> traits = new LinkedHashMap<>();
    traits.put("name", Value.of(name));
    traits.put("industry", Value.of(industry));
    traits.put("employees", Value.of(employees));
    traits.put("website", Value.of("https://" + domain));
    traits.put("plan", Value.of(subscribed ? "pro" : "free"));
    return new Value.Fields(traits);
  }
}
