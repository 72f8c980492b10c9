package dev.earshot.app.configuration;

/** A text that must not be seen: printed, it is three stars. */
public record Secret(String text) {

  @Override
  public String toString() {
    return "***";
  }
}
