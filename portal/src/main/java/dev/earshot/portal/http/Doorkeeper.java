package dev.earshot.portal.http;

/** Tells from a presented key who is calling. Takes the same time for every key. */
@FunctionalInterface
public interface Doorkeeper {
  Caller caller(String presentedKey);
}
