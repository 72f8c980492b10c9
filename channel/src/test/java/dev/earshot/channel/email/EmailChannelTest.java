package dev.earshot.channel.email;

import static dev.earshot.channel.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.earshot.channel.Channel;
import dev.earshot.channel.ChannelConformance;
import dev.earshot.channel.Message;
import dev.earshot.channel.Samples;
import dev.earshot.channel.TestCertificate;
import dev.earshot.channel.email.SmtpSettings.Login;
import dev.earshot.channel.email.SmtpSettings.Tls;
import dev.earshot.channel.secret.SecretBox;
import dev.earshot.channel.secret.UnsubscribeTokens;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Refused;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EmailChannelTest extends ChannelConformance {

  private static final int CONNECTIONS = 8;

  private static final MailAddress TEAM =
      MailAddress.parse("The Team <team@acme.example>").orElseThrow();
  private static TestCertificate certificate = new TestCertificate(Path.of("none yet"));

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final GreenMail server = server(ServerSetup.PROTOCOL_SMTP);

  @BeforeAll
  static void certify(@TempDir Path folder) throws Exception {
    certificate = TestCertificate.create(folder, "mail.example.test");
  }

  @AfterEach
  void stop() throws Exception {
    for (var closeable : opened.reversed()) {
      closeable.close();
    }
  }

  @Override
  protected Channel channel() {
    return channel(settings(server.getSmtp(), Tls.OFF, Optional.empty()));
  }

  @Override
  protected Channel broken() {
    return channel(
        new SmtpSettings("127.0.0.1", closedPort(), Tls.OFF, Optional.empty(), CONNECTIONS));
  }

  @Override
  protected Channel silent() throws IOException {
    var silent = new ServerSocket(0);
    opened.add(silent);
    return channel(
        new SmtpSettings(
            "127.0.0.1", silent.getLocalPort(), Tls.OFF, Optional.empty(), CONNECTIONS));
  }

  @Override
  protected Message good(String deliveryId) {
    return Samples.mail(
        deliveryId, Map.of("subject", "Hi Ada", "text", "Hello", "html", "<p>Hello</p>"));
  }

  @Override
  protected Message impossible(String deliveryId) {
    return Samples.mail(deliveryId, Map.of("subject", "Hi", "text", "x", "to", "nobody"));
  }

  @Override
  protected List<String> keysReceived() {
    return List.of(server.getReceivedMessages()).stream()
        .map(mail -> header(mail, "Message-ID"))
        .toList();
  }

  @Test
  void theMailIsWhatWasComposed() throws Exception {
    channel().send(good("d1"));

    var mail = server.getReceivedMessages()[0];
    assertEquals("<d1@acme.example>", header(mail, "Message-ID"));
    assertEquals("The Team <team@acme.example>", header(mail, "From"));
    assertEquals("ada@example.com", header(mail, "To"));
    assertEquals("Hi Ada", mail.getSubject());
    assertEquals(NOON, mail.getSentDate().toInstant());
    var body =
        new String(mail.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertTrue(body.contains("text/plain") && body.contains("text/html"), body);
    assertTrue(body.contains("<p>Hello</p>"), body);
  }

  @Test
  void theHeadersOfOneClickUnsubscribeStandOnOneLineEach() throws Exception {
    var composer =
        MailComposer.of(TEAM)
            .withUnsubscribe(
                URI.create("https://mail.acme.example"),
                new UnsubscribeTokens(new SecretBox(new byte[32])));
    var settings = settings(server.getSmtp(), Tls.OFF, Optional.empty());

    opened(new EmailChannel(settings, composer, () -> NOON)).send(good("d1"));

    var mail = server.getReceivedMessages()[0];
    assertTrue(
        header(mail, "List-Unsubscribe").matches("<https://mail\\.acme\\.example/u/[\\w-]+>"));
    assertEquals("List-Unsubscribe=One-Click", header(mail, "List-Unsubscribe-Post"));
  }

  @Test
  void itEncryptsFromTheFirstByteAndLogsIn() {
    var secure = server(ServerSetup.PROTOCOL_SMTPS);
    secure.setUser("mailer", "s3cret");
    var login = Optional.of(new Login("mailer", "s3cret"));

    var settings = settings(secure.getSmtps(), Tls.TLS, login);
    var trustingAnyone =
        opened(
            new EmailChannel(
                settings,
                MailComposer.of(TEAM),
                () -> NOON,
                mailer -> mailer.trustingAllHosts(true).verifyingServerIdentity(false)));

    var outcome = trustingAnyone.send(good("d1"));

    assertInstanceOf(Accepted.class, outcome, outcome::toString);
    assertEquals(1, secure.getReceivedMessages().length);
  }

  @Test
  void itTurnsToEncryptionBeforeItSaysAnything() throws Exception {
    try (var secure = new ScriptedSmtp("250 ok", "NOTHING", certificate.serverContext())) {
      var settings =
          new SmtpSettings("127.0.0.1", secure.port(), Tls.STARTTLS, Optional.empty(), CONNECTIONS);

      var outcome = trusting(settings).send(good("d1"));

      assertInstanceOf(Accepted.class, outcome, outcome::toString);
      var commands = secure.commands("");
      assertTrue(commands.get(1).startsWith("STARTTLS"), commands::toString);
      assertEquals(1, secure.commands("MAIL FROM").size());
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNotTrusted() {
    var secure = server(ServerSetup.PROTOCOL_SMTPS);
    var settings = settings(secure.getSmtps(), Tls.TLS, Optional.empty());

    assertInstanceOf(Deferred.class, channel(settings).send(good("d1")));
    assertEquals(0, secure.getReceivedMessages().length);
  }

  @Test
  void withoutEncryptionWhereItIsWantedNothingIsSent() throws Exception {
    try (var plain = new ScriptedSmtp("250 ok")) {
      var settings =
          new SmtpSettings("127.0.0.1", plain.port(), Tls.STARTTLS, Optional.empty(), CONNECTIONS);

      assertInstanceOf(Deferred.class, channel(settings).send(good("d1")));
      assertEquals(List.of(), plain.commands("MAIL"));
    }
  }

  @Test
  void aWrongPasswordIsOursToPutRight() {
    server.setUser("mailer", "s3cret");
    server.getManagers().getUserManager().setAuthRequired(true);
    var login = Optional.of(new Login("mailer", "wrong"));

    var outcome = channel(settings(server.getSmtp(), Tls.OFF, login)).send(good("d1"));

    assertTrue(assertInstanceOf(Deferred.class, outcome).reason().startsWith("smtp_login"));
  }

  @ParameterizedTest
  @CsvSource({
    "450 4.2.1 busy, smtp_450, later",
    "421 4.3.2 closing, smtp_421, later",
    "550 5.1.1 no such user, smtp_550, never",
    "554 5.7.1 spam, smtp_554, never",
  })
  void theServersAnswerDecidesWhetherItIsTriedAgain(String answer, String code, String when)
      throws Exception {
    for (var command : List.of("RCPT", "MAIL", "DATA")) {
      try (var scripted = new ScriptedSmtp(answer, command)) {
        var settings =
            new SmtpSettings("127.0.0.1", scripted.port(), Tls.OFF, Optional.empty(), CONNECTIONS);

        var outcome = channel(settings).send(good("d1"));

        var reason =
            "never".equals(when)
                ? assertInstanceOf(Refused.class, outcome, command).reason()
                : assertInstanceOf(Deferred.class, outcome, command).reason();
        assertTrue(reason.startsWith(code), command + " " + reason);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("injections")
  void nothingInAMessageAddsARecipientOrAHeader(String part, String value) {
    var parts = new java.util.HashMap<>(Map.of("subject", "Hi", "text", "Hello"));
    parts.put(part, value);

    channel().send(Samples.mail("d1", parts));

    for (var mail : server.getReceivedMessages()) {
      assertArrayEquals(new String[0], headers(mail, "Bcc"));
      assertEquals("ada@example.com", header(mail, "To"));
    }
    assertTrue(server.getReceivedMessages().length <= 1);
  }

  static Stream<Arguments> injections() {
    return Stream.of(
        Arguments.of("subject", "Hi\r\nBcc: eve@example.com"),
        Arguments.of("subject", "Hi\u2028Bcc: eve@example.com\u0000"),
        Arguments.of("from", "Team <team@acme.example>\r\nBcc: eve@example.com"),
        Arguments.of("reply-to", "a@b.example\r\nBcc: eve@example.com"),
        Arguments.of("to", "ada@example.com\r\nBcc: eve@example.com"),
        Arguments.of("to", "ada@example.com, eve@example.com"),
        Arguments.of("to", "eve@example.com, ".repeat(1000) + "ada@example.com"));
  }

  @Test
  void aServerThatSaysNothingIsATimeout() throws Exception {
    try (var silent = new ServerSocket(0)) {
      var settings =
          new SmtpSettings(
              "127.0.0.1", silent.getLocalPort(), Tls.OFF, Optional.empty(), CONNECTIONS);
      var impatient =
          opened(
              new EmailChannel(
                  settings,
                  MailComposer.of(TEAM),
                  () -> NOON,
                  mailer -> mailer.withSessionTimeout(200)));

      Outcome outcome = impatient.send(good("d1"));

      assertTrue(
          assertInstanceOf(Deferred.class, outcome).reason().startsWith("timeout"),
          outcome::toString);
    }
  }

  private EmailChannel channel(SmtpSettings settings) {
    return opened(new EmailChannel(settings, MailComposer.of(TEAM), () -> NOON));
  }

  private EmailChannel trusting(SmtpSettings settings) throws Exception {
    var sockets = certificate.clientContext().getSocketFactory();
    return opened(
        new EmailChannel(
            settings,
            MailComposer.of(TEAM),
            () -> NOON,
            mailer -> mailer.withCustomSSLFactoryInstance(sockets)));
  }

  private EmailChannel opened(EmailChannel channel) {
    opened.add(channel);
    return channel;
  }

  private GreenMail server(String protocol) {
    var setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(20_000);
    var started = new GreenMail(setup);
    started.start();
    opened.add(started::stop);
    return started;
  }

  private static SmtpSettings settings(SmtpServer smtp, Tls tls, Optional<Login> login) {
    return new SmtpSettings("127.0.0.1", smtp.getPort(), tls, login, CONNECTIONS);
  }

  private static int closedPort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String header(MimeMessage mail, String name) {
    var headers = headers(mail, name);
    assertEquals(1, headers.length, name);
    return headers[0];
  }

  private static String[] headers(MimeMessage mail, String name) {
    try {
      var headers = mail.getHeader(name);
      return headers == null ? new String[0] : headers;
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
