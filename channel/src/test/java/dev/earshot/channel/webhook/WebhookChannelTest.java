package dev.earshot.channel.webhook;

import static dev.earshot.channel.Samples.NOON;
import static dev.earshot.channel.webhook.ScriptedHttp.ok;
import static dev.earshot.channel.webhook.ScriptedHttp.status;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import dev.earshot.channel.Channel;
import dev.earshot.channel.ChannelConformance;
import dev.earshot.channel.Message;
import dev.earshot.channel.Samples;
import dev.earshot.channel.TestCertificate;
import dev.earshot.channel.secret.SecretBox;
import dev.earshot.channel.template.Content;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.Outcome;
import dev.earshot.engine.delivery.Outcome.Accepted;
import dev.earshot.engine.delivery.Outcome.Deferred;
import dev.earshot.engine.delivery.Outcome.Refused;
import dev.earshot.event.Value.Fields;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest extends ChannelConformance {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.215.14");

  /**
   * A first handshake on a busy machine takes its time; meanwhile attempts end and are repeated.
   */
  private static final Duration TLS_TIME = Duration.ofMinutes(2);

  private static final SecretBox BOX = new SecretBox(new byte[32]);
  private static final DestinationSecrets SECRETS = new DestinationSecrets(BOX);
  private static final WebhookSecret SECRET = WebhookSecret.generate(new SecureRandom());

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final ScriptedHttp receiver = server(ok());

  @AfterEach
  void stop() throws Exception {
    for (var closeable : opened.reversed()) {
      closeable.close();
    }
    vertx.close().await();
  }

  @Override
  protected Channel channel() {
    return channel(List.of(Cidr.of("127.0.0.0/8")));
  }

  @Override
  protected Channel broken() {
    return message ->
        channel().send(to(message.delivery().id(), "http://127.0.0.1:" + closedPort()));
  }

  @Override
  protected Channel silent() {
    var silent = server(_ -> new CountDownLatch(1).await());
    return message -> channel().send(to(message.delivery().id(), url(silent)));
  }

  @Override
  protected Message good(String deliveryId) {
    return to(deliveryId, url(receiver));
  }

  @Override
  protected Message impossible(String deliveryId) {
    return to(deliveryId, "https://10.0.0.1/");
  }

  @Override
  protected List<String> keysReceived() {
    return receiver.requests.stream().map(it -> header(it, "webhook-id")).toList();
  }

  @Test
  void withoutATemplateTheDataGoesOutAsTheStandardWantsIt() throws Exception {
    channel(InstantSource.system()).send(good("d1"));

    var request = receiver.requests.getFirst();
    assertEquals("POST /hooks?x=1 HTTP/1.1", request.line());
    assertEquals("127.0.0.1:" + receiver.port(), header(request, "host"));
    assertEquals("application/json", header(request, "content-type"));
    assertEquals("d1", header(request, "webhook-id"));
    assertEquals("Bearer t0ken", header(request, "authorization"));
    assertEquals(
        Samples.fields(
            """
            {"type": "journey.message", "timestamp": "2026-01-01T12:00:00.000Z",
             "data": {"user": {"id": "ada", "name": "Ada", "email": "ada@example.com"}}}
            """),
        Samples.fields(request.body()));
    new Webhook(SECRET.reveal()).verify(request.body(), standardHeaders(request));
  }

  @Test
  void duringARotationBothSecretsSign() throws Exception {
    var old = WebhookSecret.generate(new SecureRandom());

    channel(InstantSource.system()).send(to("d1", url(receiver), List.of(SECRET, old)));

    var request = receiver.requests.getFirst();
    assertEquals(2, header(request, "webhook-signature").split(" ").length);
    new Webhook(SECRET.reveal()).verify(request.body(), standardHeaders(request));
    new Webhook(old.reveal()).verify(request.body(), standardHeaders(request));
  }

  @Test
  void aDestinationThatIsPublishedAnewIsWrittenToAsItIsNow() {
    var moved = server(ok());
    var channel = channel();

    channel.send(to("d1", url(receiver)));
    channel.send(to("d2", url(moved)));

    assertEquals("d1", header(receiver.requests.getFirst(), "webhook-id"));
    assertEquals("d2", header(moved.requests.getFirst(), "webhook-id"));
    assertEquals(1, receiver.requests.size());
  }

  @Test
  void aTemplateGivesTheBodyOrNoneIsSent() {
    var templated = new Content(Map.of("body", "{\"text\": \"Hi\"}"));
    var broken = new Content(Map.of("body", "{\"text\": \"Hi}"));
    var good = good("d1");

    channel().send(new Message(good.attempt(), templated, good.destination()));
    var refused = channel().send(new Message(good.attempt(), broken, good.destination()));

    assertEquals("{\"text\": \"Hi\"}", receiver.requests.getFirst().body());
    assertTrue(reason(refused).startsWith("template_not_json"), refused::toString);
    assertEquals(1, receiver.requests.size());
  }

  @Test
  void theTimestampIsThatOfTheAttemptAndTheIdThatOfTheDelivery() {
    channel(() -> NOON).send(good("d1"));
    channel(() -> NOON.plusSeconds(60)).send(good("d1"));

    assertEquals(
        List.of(NOON.getEpochSecond(), NOON.getEpochSecond() + 60),
        receiver.requests.stream()
            .map(it -> Long.parseLong(header(it, "webhook-timestamp")))
            .toList());
    assertEquals(List.of("d1", "d1"), keysReceived());
  }

  @ParameterizedTest
  @CsvSource({
    "200, accepted",
    "202, accepted",
    "204, accepted",
    "301, deferred",
    "302, deferred",
    "304, deferred",
    "307, deferred",
    "400, deferred",
    "401, deferred",
    "403, deferred",
    "404, deferred",
    "405, deferred",
    "408, deferred",
    "413, deferred",
    "415, deferred",
    "422, deferred",
    "425, deferred",
    "429, deferred",
    "500, deferred",
    "502, deferred",
    "503, deferred",
    "504, deferred",
    "410, refused",
  })
  void theStatusDecidesWhatHappensNext(int status, String expected) {
    var outcome = channel().send(to("d1", url(server(status(status)))));

    assertEquals(
        expected,
        switch (outcome) {
          case Accepted _ -> "accepted";
          case Deferred _ -> "deferred";
          case Refused _ -> "refused";
          case Outcome.Postponed _ -> "postponed";
        });
    assertTrue(detail(outcome).startsWith("http_" + status), outcome::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | 120",
        "0 | 1",
        "999999999 | 86400",
        "Thu, 01 Jan 2026 12:02:00 GMT | 120",
        "Thu, 01 Jan 2015 12:02:00 GMT | 1",
      })
  void theReceiverMaySayWhenItWantsToHearFromUsAgain(String header, long seconds) {
    var busy = server(status(503, "Retry-After: " + header));

    var outcome = channel().send(to("d1", url(busy)));

    assertEquals(
        Optional.of(Duration.ofSeconds(seconds)),
        assertInstanceOf(Deferred.class, outcome).retryAfter());
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "1e9", "99999999999999999999", "Thu, 99 Jan 2026"})
  void aRetryAfterThatMakesNoSenseIsIgnored(String header) {
    var busy = server(status(429, "Retry-After: " + header));

    var outcome = channel().send(to("d1", url(busy)));

    assertEquals(Optional.empty(), assertInstanceOf(Deferred.class, outcome).retryAfter());
  }

  @Test
  void aRedirectIsNotFollowed() {
    var redirecting = server(status(302, "Location: " + url(receiver)));

    assertInstanceOf(Deferred.class, channel().send(to("d1", url(redirecting))));

    assertEquals(0, receiver.connections.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::ffff:127.0.0.1]", "localhost", "inside.example"})
  void notOnePacketReachesAPrivateListener(String host) {
    var strict = channel(List.of());

    var plain = strict.send(to("d1", "http://" + host + ":" + receiver.port() + "/"));
    var secure = strict.send(to("d1", "https://" + host + ":" + receiver.port() + "/"));

    assertTrue(reason(plain).startsWith("destination_forbidden"), plain::toString);
    assertTrue(reason(secure).startsWith("destination_forbidden"), secure::toString);
    assertEquals(0, receiver.connections.get());
  }

  @Test
  void aNameThatPointsElsewhereTheSecondTimeItIsAskedIsAskedOnlyOnce() {
    var asked = new AtomicInteger();
    Resolver rebinding = (_, _) -> List.of(asked.getAndIncrement() == 0 ? PUBLIC : LOOPBACK);
    var guard = new TargetGuard(List.of(Cidr.of("93.184.215.14/32")), rebinding);
    var impatient =
        opened(
            new WebhookChannel(
                vertx, guard, BOX, () -> NOON, options -> options.setConnectTimeout(300)));

    var first = impatient.send(to("d1", "http://rebinding.example:" + receiver.port() + "/"));
    var second = impatient.send(to("d1", "http://rebinding.example:" + receiver.port() + "/"));

    assertInstanceOf(Deferred.class, first);
    assertTrue(reason(second).startsWith("destination_forbidden"), second::toString);
    assertEquals(2, asked.get());
    assertEquals(0, receiver.connections.get());
  }

  @Test
  void theCheckedAddressIsCalledUnderTheNameOfTheUrl(@TempDir Path folder) throws Exception {
    var certificate = TestCertificate.create(folder, "hooks.example.test");
    try (var secure =
        new ScriptedHttp(
            out -> out.write(ok().getBytes(ISO_8859_1)), certificate.serverContext())) {
      var channel = trusting(certificate);

      var good = to("d1", "https://hooks.example.test:" + secure.port() + "/");

      await().atMost(TLS_TIME).until(() -> channel.send(good) instanceof Accepted);
      var imposter = channel.send(to("d1", "https://other.example.test:" + secure.port() + "/"));

      var request = secure.requests.getFirst();
      assertEquals("hooks.example.test:" + secure.port(), header(request, "host"));
      assertEquals("hooks.example.test", request.serverName());
      assertInstanceOf(Deferred.class, imposter);
      assertTrue(
          secure.requests.stream().allMatch(it -> it.serverName().equals("hooks.example.test")));
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNotTrusted(@TempDir Path folder) throws Exception {
    var certificate = TestCertificate.create(folder, "hooks.example.test");
    try (var secure = new ScriptedHttp(_ -> {}, certificate.serverContext())) {
      var channel = channel();
      var message = to("d1", "https://hooks.example.test:" + secure.port() + "/");

      await().atMost(TLS_TIME).until(() -> reason(channel.send(message)).startsWith("tls"));
      assertEquals(List.of(), secure.requests);
    }
  }

  @Test
  void ofAnEndlessAnswerOnlyTheBeginningIsRead() {
    var written = new AtomicInteger();
    var endless =
        server(out -> {
          out.write("HTTP/1.1 500 X\r\nContent-Length: 10000000000\r\n\r\n".getBytes(ISO_8859_1));
          var part = "x".repeat(8192).getBytes(ISO_8859_1);
          while (written.addAndGet(part.length) < 1_000_000_000) {
            out.write(part);
          }
        });

    var outcome = channel().send(to("d1", url(endless)));

    assertTrue(reason(outcome).startsWith("http_500: xxx"), outcome::toString);
    assertTrue(reason(outcome).length() <= WebhookClient.ANSWER_KEPT, outcome::toString);
    assertTrue(written.get() < 100_000_000, () -> "wrote " + written.get());
  }

  @Test
  void anAnswerThatDripsOrNeverBeginsIsATimeoutAndIsCut() throws Exception {
    var dripping =
        server(out -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(ISO_8859_1));
          drip(out, "x");
        });
    var puttingOff = server(out -> drip(out, "HTTP/1.1 100 Continue\r\n\r\n"));
    var channel = channel();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes =
          Stream.of(dripping, puttingOff)
              .map(server -> threads.submit(() -> channel.send(to("d1", url(server)))))
              .toList();

      for (var outcome : outcomes) {
        assertTrue(reason(outcome.get()).startsWith("timeout"), () -> outcome.resultNow() + "");
      }
    }
    await().untilAsserted(() -> assertEquals(2, dripping.ended.get() + puttingOff.ended.get()));
  }

  @Test
  void hugeHeadersEndTheAttempt() {
    var shouting =
        server(out -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
          for (int i = 0; i < 100_000; i++) {
            out.write(("X-" + i + ": " + "y".repeat(100) + "\r\n").getBytes(ISO_8859_1));
          }
          out.write(ok().getBytes(ISO_8859_1));
        });

    assertInstanceOf(Deferred.class, channel().send(to("d1", url(shouting))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "just text, as in HTTP/0.9\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      })
  void whatIsNotHttpIsNoAnswer(String answer) throws IOException {
    try (var odd =
        new ScriptedHttp(out -> {
          out.write(answer.getBytes(ISO_8859_1));
          out.flush();
          throw new IOException("gone");
        })) {
      assertInstanceOf(Deferred.class, channel().send(to("d1", url(odd))));
    }
  }

  @Test
  void aZippedBombIsNotUnpacked() {
    var bomb =
        server(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\u008b\u0008\u0000");

    assertInstanceOf(Accepted.class, channel().send(to("d1", url(bomb))));
  }

  @Test
  void aSecretSealedUnderAnotherKeyIsNotUsed() {
    var guard = new TargetGuard(List.of(Cidr.of("127.0.0.0/8")), WebhookChannelTest::resolve);
    var stranger =
        opened(
            new WebhookChannel(
                vertx,
                guard,
                new SecretBox("another master key of 32 bytes..".getBytes(ISO_8859_1)),
                () -> NOON));

    var outcome = stranger.send(good("d1"));

    assertTrue(reason(outcome).startsWith("secret_unreadable"), outcome::toString);
    assertEquals(0, receiver.connections.get());
  }

  private WebhookChannel channel(List<Cidr> allowed) {
    return opened(
        new WebhookChannel(
            vertx, new TargetGuard(allowed, WebhookChannelTest::resolve), BOX, () -> NOON));
  }

  private WebhookChannel channel(InstantSource clock) {
    var guard = new TargetGuard(List.of(Cidr.of("127.0.0.0/8")), WebhookChannelTest::resolve);
    return opened(new WebhookChannel(vertx, guard, BOX, clock));
  }

  private WebhookChannel trusting(TestCertificate certificate) {
    var trust =
        new PfxOptions()
            .setPath(certificate.store().toString())
            .setPassword(TestCertificate.PASSWORD);
    UnaryOperator<HttpClientOptions> trusting = options -> options.setTrustOptions(trust);
    var guard = new TargetGuard(List.of(Cidr.of("127.0.0.0/8")), WebhookChannelTest::resolve);
    return opened(new WebhookChannel(vertx, guard, BOX, () -> NOON, trusting));
  }

  private WebhookChannel opened(WebhookChannel channel) {
    opened.add(channel);
    return channel;
  }

  private static List<InetAddress> resolve(String host, Duration within) {
    return host.equals("mixed.example") ? List.of(PUBLIC, LOOPBACK) : List.of(LOOPBACK);
  }

  private ScriptedHttp server(String answer) {
    return server(out -> out.write(answer.getBytes(ISO_8859_1)));
  }

  private ScriptedHttp server(ScriptedHttp.Script script) {
    try {
      var started = new ScriptedHttp(script);
      opened.add(started);
      return started;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String url(ScriptedHttp server) {
    return "http://127.0.0.1:" + server.port() + "/hooks?x=1";
  }

  private static Message to(String deliveryId, String url) {
    return to(deliveryId, url, List.of(SECRET));
  }

  private static Message to(String deliveryId, String url, List<WebhookSecret> secrets) {
    var listed = String.join("\", \"", secrets.stream().map(WebhookSecret::reveal).toList());
    var body =
        Samples.fields(
            """
            {"channel": "webhook", "url": "%s", "headers": {"Authorization": "Bearer t0ken"},
             "secrets": ["%s"]}
            """
                .formatted(url, listed));
    var sealed = SECRETS.seal("acme", "crm", body, Fields.EMPTY, () -> SECRET).body();
    return new Message(
        new Attempt(Samples.webhook(deliveryId), 1),
        Content.EMPTY,
        Samples.definition(DefinitionKind.DESTINATION, "crm", 1, sealed));
  }

  /** Goes on until the client has had enough. */
  private static void drip(OutputStream out, String part) throws IOException, InterruptedException {
    while (true) {
      out.write(part.getBytes(ISO_8859_1));
      out.flush();
      Thread.sleep(100);
    }
  }

  private static int closedPort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpHeaders standardHeaders(ScriptedHttp.Request request) {
    return HttpHeaders.of(
        Map.of(
            "webhook-id", List.of(header(request, "webhook-id")),
            "webhook-timestamp", List.of(header(request, "webhook-timestamp")),
            "webhook-signature", List.of(header(request, "webhook-signature"))),
        (_, _) -> true);
  }

  private static String header(ScriptedHttp.Request request, String name) {
    return request.headers().getOrDefault(name, "");
  }

  private static String detail(Outcome outcome) {
    return outcome instanceof Accepted(var detail) ? detail : reason(outcome);
  }

  private static String reason(Outcome outcome) {
    return switch (outcome) {
      case Deferred(var reason, _) -> reason;
      case Refused(var reason) -> reason;
      case Accepted(var detail) -> "accepted: " + detail;
      case Outcome.Postponed(var reason, _) -> "postponed: " + reason;
    };
  }
}
