package dev.earshot.portal.http;

/** What an endpoint does. Runs on a virtual thread and may wait. */
@FunctionalInterface
public interface Action {
  Answer answer(Call call);
}
