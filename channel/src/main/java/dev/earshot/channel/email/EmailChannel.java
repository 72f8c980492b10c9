package dev.earshot.channel.email;

import dev.earshot.channel.Channel;
import dev.earshot.channel.Message;
import dev.earshot.channel.Reasons;
import dev.earshot.channel.email.MailComposer.Composed.Ready;
import dev.earshot.channel.email.MailComposer.Composed.Unfit;
import dev.earshot.channel.email.SmtpSettings.Tls;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.MailerRegularBuilder;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/** Mail over SMTP, one connection for each mail. */
public final class EmailChannel implements Channel, AutoCloseable {

  private static final Duration SEND_TIME = Duration.ofSeconds(15);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  private final Mailer mailer;
  private final int connections;
  private final MailComposer composer;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public EmailChannel(SmtpSettings settings, MailComposer composer, InstantSource clock) {
    this(settings, composer, clock, _ -> {});
  }

  /**
   * @param changes to the connection, such as the certificates a test trusts
   */
  EmailChannel(
      SmtpSettings settings,
      MailComposer composer,
      InstantSource clock,
      Consumer<MailerRegularBuilder<?>> changes) {
    this.mailer = mailer(settings, changes);
    this.connections = settings.connections();
    this.composer = composer;
    this.clock = clock;
  }

  @Override
  public Outcome send(Message message) {
    return switch (composer.compose(message, clock.instant())) {
      case Unfit(var outcome) -> outcome;
      case Ready(var mail) -> withinTime(mail);
    };
  }

  @Override
  public int attemptsMax() {
    return connections;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** A server that drips a byte now and then passes every timeout of the socket. */
  private Outcome withinTime(Mail mail) {
    var sending = threads.submit(() -> transmit(mail));
    try {
      return sending.get(SEND_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Reasons.timeout("the mail server took more than " + SEND_TIME.toSeconds() + " s");
    } catch (ExecutionException e) {
      return SmtpFailure.outcome(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reasons.deferred("stopped", "the sender is closing");
    } finally {
      // Interrupting a virtual thread closes the socket that it waits for.
      sending.cancel(true);
    }
  }

  private Outcome transmit(Mail mail) {
    try {
      mailer.sendMail(email(mail), false).join();
      return new Accepted("sent as " + mail.id());
    } catch (RuntimeException e) {
      return SmtpFailure.outcome(e);
    }
  }

  private static Email email(Mail mail) {
    var builder =
        EmailBuilder.startingBlank()
            .fixingMessageId('<' + mail.id() + '>')
            .fixingSentDate(Date.from(mail.at()))
            .from(mail.from().name(), mail.from().address())
            .to(mail.to().address())
            .withSubject(mail.subject());
    mail.replyTo().ifPresent(it -> builder.withReplyTo(it.name(), it.address()));
    mail.text().ifPresent(builder::withPlainText);
    mail.html().ifPresent(builder::withHTMLText);
    mail.headers().forEach(builder::withHeader);
    return builder.buildEmail();
  }

  private static Mailer mailer(SmtpSettings settings, Consumer<MailerRegularBuilder<?>> changes) {
    var login = settings.login();
    var builder =
        MailerBuilder.withSMTPServer(
                settings.host(),
                settings.port(),
                login.map(SmtpSettings.Login::user).orElse(null),
                login.map(SmtpSettings.Login::password).orElse(null))
            .withTransportStrategy(strategy(settings.tls()))
            .withSessionTimeout(Math.toIntExact(SILENCE_MAX.toMillis()))
            // Simple Java Mail trusts every certificate unless it is told not to.
            .trustingAllHosts(false)
            .clearEmailValidator();
    changes.accept(builder);
    return builder.buildMailer();
  }

  private static TransportStrategy strategy(Tls tls) {
    return switch (tls) {
      case OFF -> TransportStrategy.SMTP;
      case STARTTLS -> TransportStrategy.SMTP_TLS;
      case TLS -> TransportStrategy.SMTPS;
    };
  }
}
