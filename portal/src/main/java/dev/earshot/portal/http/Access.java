package dev.earshot.portal.http;

/** Who may use an endpoint. */
public enum Access {
  /** Anyone who reaches the port. */
  OPEN,
  /** The holder of an admin key, within the workspace of that key. */
  ADMIN
}
