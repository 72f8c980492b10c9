package dev.earshot.channel.webhook;

import static dev.earshot.channel.Samples.fields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.earshot.channel.secret.SecretBox;
import dev.earshot.engine.definition.Problem;
import dev.earshot.event.Json;
import dev.earshot.event.Value.Fields;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DestinationTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final DestinationSecrets secrets = new DestinationSecrets(new SecretBox(new byte[32]));

  @Test
  void aDestinationIsAUrlWithHeadersAndSecrets() {
    assertEquals(
        Optional.of(
            new Destination(
                new WebhookUrl(true, "crm.example.com", 443, "/hooks"),
                Map.of("authorization", "Bearer x"),
                List.of(SECRET))),
        read(
            """
            {"kind": "destination", "id": "crm", "channel": "webhook",
             "url": "https://crm.example.com/hooks", "headers": {"Authorization": "Bearer x"},
             "secrets": ["%s"], "retry": {"first": "1s", "ceiling": "5m", "attempts": 8}}
            """
                .formatted(SECRET),
            List.of()));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    var paths =
        problems(
                """
                {"channel": "pigeon", "url": "ftp://x", "headers": {"Host": "evil", "webhook-id": "1",
                 "X-Ok": "a\\r\\nb", "bad name": "x"}, "secrets": ["whsec_short"],
                 "retry": {"first": "soon", "attempts": 1000, "forever": true}, "hedaers": {}}
                """)
            .stream()
            .map(Problem::path)
            .sorted()
            .toList();

    assertEquals(
        List.of(
            "channel",
            "headers.Host",
            "headers.X-Ok",
            "headers.bad name",
            "headers.webhook-id",
            "hedaers",
            "retry.attempts",
            "retry.first",
            "retry.forever",
            "secrets",
            "url"),
        paths);
  }

  @Test
  void aWrongSecretIsNotRepeatedInTheProblem() {
    var shown =
        problems(
            "{\"channel\": \"webhook\", \"url\": \"https://a.example/\", \"secrets\": [\"whsec_top\"]}");

    assertFalse(shown.toString().contains("whsec_top"), shown::toString);
  }

  @Test
  void whatIsSecretIsSealedForTheLogAndMaskedForPeople() {
    var body =
        fields(
            """
            {"channel": "webhook", "url": "https://crm.example.com/",
             "headers": {"Authorization": "Bearer t0ken"}, "secrets": ["%s"]}
            """
                .formatted(SECRET));

    var sealed = seal(body, Fields.EMPTY);

    var inTheLog = Json.text(sealed.body());
    assertFalse(inTheLog.contains("t0ken") || inTheLog.contains(SECRET.substring(6)), inTheLog);
    assertEquals(Optional.empty(), sealed.generated());
    assertEquals(sealed, seal(body, sealed.body()));
    assertEquals(
        fields(
            """
            {"channel": "webhook", "url": "https://crm.example.com/",
             "headers": {"Authorization": "****"}, "secrets": ["****"]}
            """),
        DestinationSecrets.masked(sealed.body()));
  }

  @Test
  void aDestinationWithoutASecretGetsOneAndKeepsItUnlessItMoves() {
    var first = seal(to("https://crm.example.com/a"), Fields.EMPTY);
    var again = seal(to("https://crm.example.com/b"), first.body());
    var moved = seal(to("https://other.example.com/"), again.body());

    assertEquals(true, first.generated().isPresent());
    assertEquals(Optional.empty(), again.generated().map(WebhookSecret::reveal));
    assertEquals(first.body().get("secrets"), again.body().get("secrets"));
    assertEquals(true, moved.generated().isPresent());
    assertNotEquals(again.body().get("secrets"), moved.body().get("secrets"));
  }

  private DestinationSecrets.Sealed seal(Fields body, Fields previous) {
    return secrets.seal(
        "acme", "crm", body, previous, () -> WebhookSecret.generate(new SecureRandom()));
  }

  private static Fields to(String url) {
    return fields("{\"channel\": \"webhook\", \"url\": \"%s\"}".formatted(url));
  }

  private static Optional<Destination> read(String json, List<Problem> expected) {
    var problems = new ArrayList<Problem>();
    var destination = Destination.read(fields(json), problems);
    assertEquals(expected, problems);
    return destination;
  }

  private static List<Problem> problems(String json) {
    var problems = new ArrayList<Problem>();
    assertEquals(Optional.empty(), Destination.read(fields(json), problems));
    return problems;
  }
}
