package dev.earshot.bench.load;

/** What a client knows of a request when it is over. */
public sealed interface Answer {

  /** The server answered. */
  record Status(int code) implements Answer {}

  /** The server did not get the request. */
  record Unreachable() implements Answer {}

  /** The request went out and no answer came: the server may have taken it or not. */
  record Unknown(String reason) implements Answer {}

  default boolean accepted() {
    return this instanceof Status(var code) && code / 100 == 2;
  }
}
