package dev.earshot.app.configuration;

/** A part of the program that a node can play; one node plays all of them unless told otherwise. */
public enum Role {
  GATEWAY,
  ENGINE,
  CHANNEL,
  PORTAL
}
