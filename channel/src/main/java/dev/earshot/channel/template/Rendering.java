package dev.earshot.channel.template;

/** What came of rendering a template. */
public sealed interface Rendering {

  /**
   * @param absent how many values that were to be shown were not there
   */
  record Done(String text, int absent) implements Rendering {}

  /** The template asks for more than it may, or for what cannot be. */
  record Failed(String reason) implements Rendering {}
}
