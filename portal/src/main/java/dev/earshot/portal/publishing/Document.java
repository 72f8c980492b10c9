package dev.earshot.portal.publishing;

import dev.earshot.event.Value.Fields;

/** One document of a file: an object, with the places of its parts. */
record Document(String file, Fields fields, Located root) {

  SourceFault fault(Fault fault) {
    var detail =
        (fault.path().isEmpty() ? "Expected " : fault.path() + ": expected ")
            + fault.expected()
            + ", found "
            + fault.found()
            + ".";
    return fault(fault, detail);
  }

  SourceFault fault(Fault fault, String detail) {
    var place = root.find(fault.path());
    return new SourceFault(
        file, place.line(), place.column(), fault.path(), fault.expected(), fault.found(), detail);
  }
}
