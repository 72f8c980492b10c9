package dev.earshot.app.demo;

import java.util.HashSet;
import java.util.Set;

/** Who took part and how much they did. */
final class Crowd {

  private final Set<String> users = new HashSet<>();
  private final Set<String> visitors = new HashSet<>();
  private long past;
  private long live;

  void add(Message message, boolean isLive) {
    if (isLive) {
      live++;
    } else {
      past++;
    }
    if (message.userId() != null) {
      users.add(message.userId());
    }
    if (message.anonymousId() != null) {
      visitors.add(message.anonymousId());
    }
  }

  boolean isEmpty() {
    return past + live == 0;
  }

  long past() {
    return past;
  }

  long live() {
    return live;
  }

  /** How many signed up. */
  int users() {
    return users.size();
  }

  /** How many only looked around: everybody begins as a visitor, except who was invited. */
  int visitors() {
    return visitors.size();
  }
}
