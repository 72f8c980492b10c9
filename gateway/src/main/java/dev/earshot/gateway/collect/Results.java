package dev.earshot.gateway.collect;

import dev.earshot.event.JsonWriter;
import dev.earshot.gateway.admission.Admission;
import dev.earshot.gateway.admission.Admission.Admitted;
import dev.earshot.gateway.admission.Admission.Quarantined;
import dev.earshot.gateway.admission.Admission.Refused;
import dev.earshot.gateway.admission.Admission.Rejected;
import dev.earshot.gateway.admission.Message;
import java.util.List;
import java.util.Objects;

/** What became of the messages of one request, in numbers and one by one. */
record Results(List<Message> messages, List<Admission> admissions) {

  int accepted() {
    return count(Admitted.class);
  }

  int quarantined() {
    return count(Quarantined.class);
  }

  int rejected() {
    return count(Rejected.class);
  }

  private int count(Class<? extends Admission> end) {
    int count = 0;
    for (var admission : admissions) {
      count += end.isInstance(admission) ? 1 : 0;
    }
    return count;
  }

  boolean isAllAccepted() {
    return accepted() == admissions.size();
  }

  /** The sender's id of the first message that was not accepted, else of the first. */
  String idToMention() {
    int worst = 0;
    for (int at = admissions.size() - 1; at >= 0; at--) {
      worst = admissions.get(at) instanceof Admitted ? worst : at;
    }
    return messages.isEmpty()
        ? ""
        : Objects.requireNonNullElse(messages.get(worst).messageId(), "");
  }

  /** Whether there is nothing to say of any message but that it was accepted. */
  boolean isPlain() {
    for (var admission : admissions) {
      if (!(admission instanceof Admitted(_, var dedupe, var warnings))
          || !dedupe
          || !warnings.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  byte[] json(boolean detailed) {
    var writer = new JsonWriter(64 + (detailed ? 128 * messages.size() : 0)).open();
    writer.name("success").truth(true);
    write(writer, detailed);
    return writer.close().bytes();
  }

  void write(JsonWriter writer, boolean detailed) {
    writer.member("accepted", accepted());
    if (!isAllAccepted()) {
      writer.member("quarantined", quarantined()).member("rejected", rejected());
    }
    if (detailed) {
      writer.name("results").openItems();
      for (int index = 0; index < messages.size(); index++) {
        write(writer, index);
      }
      writer.closeItems();
    }
  }

  private void write(JsonWriter writer, int index) {
    writer.open().member("index", index);
    switch (admissions.get(index)) {
      case Admitted admitted -> write(writer, admitted);
      case Quarantined quarantined -> write(writer, index, "quarantined", quarantined);
      case Rejected rejected -> write(writer, index, "rejected", rejected);
    }
    writer.close();
  }

  private static void write(JsonWriter writer, Admitted admitted) {
    writer.member("messageId", admitted.event().id()).member("status", "accepted");
    if (!admitted.dedupe()) {
      writer.name("dedupe").truth(false);
    }
    if (!admitted.warnings().isEmpty()) {
      writer.name("warnings").openItems();
      admitted.warnings().forEach(writer::text);
      writer.closeItems();
    }
  }

  private void write(JsonWriter writer, int index, String status, Refused refused) {
    writer
        .member("messageId", messages.get(index).messageId())
        .member("status", status)
        .member("code", refused.code())
        .member("reason", refused.reason());
  }
}
