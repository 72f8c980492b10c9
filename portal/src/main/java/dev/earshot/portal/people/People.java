package dev.earshot.portal.people;

import dev.earshot.engine.journey.UserState;
import dev.earshot.event.Subject;

/** What the machines remember of subjects now. */
@FunctionalInterface
public interface People {
  UserState user(Subject subject);
}
