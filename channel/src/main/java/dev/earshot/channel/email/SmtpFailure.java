package dev.earshot.channel.email;

import dev.earshot.channel.Reasons;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Refused;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Reads from an exception what the mail server meant. */
final class SmtpFailure {

  private static final int CAUSES_MAX = 20;

  private SmtpFailure() {}

  static Outcome outcome(Throwable failure) {
    var causes = causes(failure);
    for (var cause : causes) {
      // The server refuses us, not the mail: somebody will put the password right.
      if (cause instanceof AuthenticationFailedException) {
        return Reasons.deferred("smtp_login", said(cause));
      }
      if (cause instanceof SocketTimeoutException) {
        return Reasons.timeout("the mail server does not answer");
      }
    }
    return causes.stream()
        .map(SmtpFailure::reply)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> Reasons.deferred("smtp_connection", said(causes.getLast())));
  }

  private static Optional<Outcome> reply(Throwable cause) {
    return switch (cause) {
      case SMTPAddressFailedException it -> Optional.of(reply(it.getReturnCode(), said(it)));
      case SMTPSenderFailedException it -> Optional.of(reply(it.getReturnCode(), said(it)));
      case SMTPSendFailedException it when it.getReturnCode() > 0 ->
          Optional.of(reply(it.getReturnCode(), said(it)));
      default -> Optional.empty();
    };
  }

  private static Outcome reply(int code, String text) {
    return code >= 500
        ? new Refused(Reasons.text("smtp_" + code, text))
        : Reasons.deferred("smtp_" + code, text);
  }

  private static String said(Throwable cause) {
    return String.valueOf(cause.getMessage());
  }

  /** The innermost last. A mail exception chains the one that says most beside its cause. */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    collect(failure, causes);
    return causes;
  }

  private static void collect(@Nullable Throwable failure, List<Throwable> causes) {
    if (failure == null || causes.size() >= CAUSES_MAX || causes.contains(failure)) {
      return;
    }
    causes.add(failure);
    if (failure instanceof MessagingException messaging) {
      collect(messaging.getNextException(), causes);
    }
    collect(failure.getCause(), causes);
  }
}
