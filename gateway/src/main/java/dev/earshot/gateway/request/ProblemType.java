package dev.earshot.gateway.request;

import java.util.Locale;

/** Everything a request can be refused for: its status, its stable code, and whose fault it is. */
public enum ProblemType {
  MALFORMED(400, Fault.CALLER, "The body is not what the protocol asks for."),
  NOTHING_ACCEPTED(400, Fault.CALLER, "No event of the request can be stored."),
  UNKNOWN_KEY(401, Fault.CALLER, "The key is missing, unknown or withdrawn."),
  KEY_SCOPE(403, Fault.CALLER, "The key may not do this."),
  FOREIGN_ORIGIN(403, Fault.CALLER, "The key may not be used from this page."),
  NOT_FOUND(404, Fault.CALLER, "There is nothing here."),
  METHOD_NOT_ALLOWED(405, Fault.CALLER, "The method does not fit the path."),
  TOO_SLOW(408, Fault.CALLER, "The request did not arrive in time."),
  TOO_LARGE(413, Fault.CALLER, "The body is too large."),
  TOO_MANY_EVENTS(413, Fault.CALLER, "The batch holds too many events."),
  UNSUPPORTED_ENCODING(415, Fault.CALLER, "The body is encoded in a way that is not read here."),
  UNSUPPORTED_TYPE(415, Fault.CALLER, "The body is of a type that is not read here."),
  NOT_ALL_ACCEPTED(422, Fault.CALLER, "Not all events were accepted."),
  QUOTA_EXCEEDED(429, Fault.CALLER, "More events are sent than may be."),
  INTERNAL(500, Fault.OURS, "Something went wrong here."),
  NOT_READY(503, Fault.CAPACITY, "The log cannot take events now."),
  OVERLOADED(503, Fault.CAPACITY, "Too many requests are in work."),
  LOG_UNAVAILABLE(503, Fault.OURS, "The log did not confirm the events.");

  /** Whose fault it is, by which dashboards tell a bad client from a bad day. */
  public enum Fault {
    CALLER,
    CAPACITY,
    OURS
  }

  private final int status;
  private final Fault fault;
  private final String title;

  ProblemType(int status, Fault fault, String title) {
    this.status = status;
    this.fault = fault;
    this.title = title;
  }

  /** Whether it is said to many at a time, and again whenever they try again. */
  boolean comesInFloods() {
    return fault == Fault.CAPACITY || this == QUOTA_EXCEEDED;
  }

  public int status() {
    return status;
  }

  public Fault fault() {
    return fault;
  }

  public String title() {
    return title;
  }

  /** The stable name in answers, metrics and logs: {@code unknown_key}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
