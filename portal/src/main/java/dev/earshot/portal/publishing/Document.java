package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Problem;
import dev.earshot.event.Value.Fields;

/** One document of a file: an object, with the places of its parts. */
record Document(String file, Fields fields, Located root) {

  SourceFault fault(Problem problem) {
    var detail =
        (problem.path().isEmpty() ? "Expected " : problem.path() + ": expected ")
            + problem.expected()
            + ", found "
            + problem.found()
            + ".";
    return fault(problem, detail);
  }

  SourceFault fault(Problem problem, String detail) {
    var place = root.find(problem.path());
    return new SourceFault(
        file,
        place.line(),
        place.column(),
        problem.path(),
        problem.expected(),
        problem.found(),
        detail);
  }
}
