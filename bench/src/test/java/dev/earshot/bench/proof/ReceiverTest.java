package dev.earshot.bench.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiverTest {

  private static final int PATIENCE_MILLIS = 300;

  private final Load load = new Load("run", 7, List.of(Destination.values()));
  private final Receiver receiver = new Receiver(load);
  private final String event = "prove-run-home-5";

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void aDestinationThatFailsOnceTakesTheSameMessageTheSecondTime() throws IOException {
    assertEquals("500", status(Destination.FAILING));
    assertEquals("200", status(Destination.FAILING));
    assertEquals("429", status(Destination.BUSY));
    assertEquals("200", status(Destination.BUSY));

    assertEquals(
        List.of(false, true, false, true),
        receiver.arrivals().stream().map(Arrival::taken).toList());
  }

  @Test
  void aBadDestinationIsBadToOneOfFourMessagesOnly() throws IOException {
    var answers = new ArrayList<String>();
    for (int message = 1; message <= 5; message++) {
      answers.add(status(url(Destination.FAILING), "key-" + message));
    }

    assertEquals(List.of("500", "200", "200", "200", "500"), answers);
  }

  @Test
  void theOthersAnswerAsTheyAre() throws IOException {
    assertEquals("200", status(Destination.PLAIN));
    assertEquals("200", status(Destination.SLOW));
    assertEquals("410", status(Destination.GONE));
    assertEquals("302", status(Destination.REDIRECTING));
    assertEquals("400", status(Destination.SLACK));
  }

  @Test
  void whatArrivesIsKnownByItsKeyAndItsEvent() throws IOException {
    status(Destination.PLAIN);

    var arrival = receiver.arrivals().getFirst();
    assertEquals("key-plain", arrival.key());
    assertEquals(Workspace.HOME, arrival.at());
    assertEquals(5, arrival.event().event());
  }

  @Test
  void aShutDestinationResetsBeforeAnythingIsRead() throws IOException {
    assertThrows(SocketException.class, () -> status(Destination.SHUT));
    assertEquals("200", status(Destination.SHUT));
    assertEquals(1, receiver.arrivals().size());
  }

  @Test
  void anAmbiguousDestinationReadsAllAndResets() throws IOException {
    assertThrows(SocketException.class, () -> status(Destination.AMBIGUOUS));
    assertEquals("200", status(Destination.AMBIGUOUS));

    assertEquals(2, receiver.arrivals().size());
  }

  @Test
  void aSilentAndADrippingDestinationDoNotAnswerInTime() {
    assertThrows(SocketTimeoutException.class, () -> status(Destination.SILENT));
    assertThrows(SocketTimeoutException.class, () -> status(Destination.DRIPPING));
  }

  @Test
  void anEndlessBodyGoesOn() throws IOException {
    try (var socket = ask(url(Destination.ENDLESS), "key")) {
      assertEquals(100_000, socket.getInputStream().readNBytes(100_000).length);
    }
  }

  @Test
  void whereARedirectLeadsNobodyMayCome() throws IOException {
    status(url(Destination.PLAIN).resolve("/forbidden"), "key");

    assertEquals(1, receiver.strayed());
  }

  @Test
  void aMailIsTakenAndKnownByItsMessageId() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), receiver.mailPort());
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      var lines = "EHLO x\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\n";
      var mail = "Message-ID: <1@x>\r\nSubject: " + event + "\r\n\r\nhello\r\n.\r\nQUIT\r\n";
      socket.getOutputStream().write((lines + mail).getBytes(StandardCharsets.US_ASCII));

      assertTrue(in.lines().toList().contains("250 taken"));
    }

    var arrival = receiver.arrivals().getFirst();
    assertEquals("<1@x>", arrival.key());
    assertEquals(Destination.MAIL, arrival.to());
  }

  private URI url(Destination to) {
    var url = receiver.webhooks(Workspace.HOME).get(to);
    if (url == null) {
      throw new AssertionError("no " + to);
    }
    return url;
  }

  private String status(Destination to) throws IOException {
    return status(url(to), "key-" + to.word());
  }

  private String status(URI url, String key) throws IOException {
    try (var socket = ask(url, key)) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      var line = in.readLine();
      return line == null ? "nothing" : line.split(" ", -1)[1];
    }
  }

  private Socket ask(URI url, String key) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
    socket.setSoTimeout(url.getPath().endsWith("slow") ? 0 : PATIENCE_MILLIS);
    var body = "{\"event\":\"" + event + "\"}";
    var request =
        "POST %s HTTP/1.1\r\nWebhook-Id: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(url.getPath(), key, body.length(), body);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
