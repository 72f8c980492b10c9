package dev.earshot.app;

import dev.earshot.app.configuration.Configuration;
import dev.earshot.app.configuration.Configuration.Smtp;
import dev.earshot.app.configuration.Secret;
import dev.earshot.channel.Channel;
import dev.earshot.channel.email.EmailChannel;
import dev.earshot.channel.email.MailAddress;
import dev.earshot.channel.email.MailComposer;
import dev.earshot.channel.email.MailboxChannel;
import dev.earshot.channel.email.SmtpSettings;
import dev.earshot.channel.email.SmtpSettings.Login;
import dev.earshot.channel.secret.SecretBox;
import dev.earshot.channel.secret.UnsubscribeTokens;
import dev.earshot.channel.webhook.Cidr;
import dev.earshot.channel.webhook.SystemResolver;
import dev.earshot.channel.webhook.TargetGuard;
import dev.earshot.channel.webhook.WebhookChannel;
import dev.earshot.stream.log.MailboxLog;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The ways out, as configured. */
final class Channels {

  private final Configuration configuration;
  private final Parts parts;
  private final InstantSource clock;

  Channels(Configuration configuration, Parts parts, InstantSource clock) {
    this.configuration = configuration;
    this.parts = parts;
    this.clock = clock;
  }

  /** By the word that a journey sends with. */
  Map<String, Channel> byWord(
      MailboxLog mailbox, TargetGuard guard, SecretBox secrets, Vertx vertx) {
    return Map.of(
        "email", email(mailbox, composer(secrets)), "webhook", webhook(guard, secrets, vertx));
  }

  /** Where webhooks may go. */
  TargetGuard guard() {
    var resolver = parts.add("resolver", new SystemResolver());
    var allowed =
        configuration.webhook().allowPrivate().stream()
            .map(Cidr::parse)
            .map(Optional::orElseThrow)
            .toList();
    return new TargetGuard(allowed, resolver);
  }

  private Channel email(MailboxLog mailbox, MailComposer composer) {
    if (configuration.mail().smtp().isEmpty()) {
      return new MailboxChannel(
          mail -> mailbox.keep(mail.delivery().subject(), mail.id(), mail.json()), composer, clock);
    }
    return parts.add(
        "email", new EmailChannel(smtp(configuration.mail().smtp().get()), composer, clock));
  }

  /** A link leads to this server from everywhere, or is no link: then mail has none. */
  private MailComposer composer(SecretBox secrets) {
    var composer = MailComposer.of(MailAddress.parse(configuration.mail().from()).orElseThrow());
    return configuration
        .server()
        .publicUrl()
        .map(url -> composer.withUnsubscribe(url, new UnsubscribeTokens(secrets)))
        .orElse(composer);
  }

  private Channel webhook(TargetGuard guard, SecretBox secrets, Vertx vertx) {
    return parts.add("webhook", new WebhookChannel(vertx, guard, secrets, clock));
  }

  private static SmtpSettings smtp(Smtp smtp) {
    return new SmtpSettings(
        smtp.host(),
        smtp.port(),
        switch (smtp.tls()) {
          case NONE -> SmtpSettings.Tls.OFF;
          case STARTTLS -> SmtpSettings.Tls.STARTTLS;
          case TLS -> SmtpSettings.Tls.TLS;
        },
        smtp.username().map(user -> new Login(user, smtp.password().map(Secret::text).orElse(""))),
        smtp.connections());
  }
}
