package dev.earshot.channel.template;

/** Ends a rendering that cannot go on. The message is for the template's author. */
final class RenderFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RenderFailure(String message) {
    super(message, null, false, false);
  }
}
