package dev.earshot.channel.template;

/** A part of a template that does something: shows text, chooses, repeats, remembers. */
@FunctionalInterface
interface Node {

  /** What is to happen after a node. */
  enum Flow {
    NEXT,
    /** Leaves the innermost loop. */
    BREAK,
    /** Goes on with the innermost loop's next item. */
    CONTINUE
  }

  Flow render(Scope scope);
}
