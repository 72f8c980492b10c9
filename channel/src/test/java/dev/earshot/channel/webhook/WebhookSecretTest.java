package dev.earshot.channel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {

  private static final String BODY = "{\"test\": 2432232314}";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

  @Test
  void theSignatureIsTheOneOfTheStandard() {
    var secret = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();

    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        secret.sign(ID, Instant.ofEpochSecond(1614265330), BODY.getBytes(UTF_8)));
  }

  @Test
  void receiversVerifyItAndRefuseWhatWasChangedOrIsOld() throws Exception {
    var secret = WebhookSecret.generate(new SecureRandom());
    var receiver = new Webhook(secret.reveal());
    var now = Instant.now();
    var signature = secret.sign(ID, now, BODY.getBytes(UTF_8));

    receiver.verify(BODY, headers(now, signature));
    assertThrows(
        WebhookVerificationException.class,
        () -> receiver.verify(BODY + " ", headers(now, signature)));
    assertThrows(
        WebhookVerificationException.class,
        () -> new Webhook(other()).verify(BODY, headers(now, signature)));
    var old = now.minusSeconds(301);
    assertThrows(
        WebhookVerificationException.class,
        () -> receiver.verify(BODY, headers(old, secret.sign(ID, old, BODY.getBytes(UTF_8)))));
  }

  @Test
  void whatIsGeneratedCanBeReadAgainAndIsNotShownByAccident() {
    var secret = WebhookSecret.generate(new SecureRandom());

    assertEquals(
        Optional.of(secret.reveal()),
        WebhookSecret.parse(secret.reveal()).map(WebhookSecret::reveal));
    assertFalse(secret.toString().contains(secret.reveal().substring(6, 12)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "whsec_c2hvcnQ=",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_not base64 at all, not at all",
        "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      })
  void whatIsNoSecretIsNotTaken(String text) {
    assertEquals(Optional.empty(), WebhookSecret.parse(text).map(WebhookSecret::reveal));
  }

  private static String other() {
    return WebhookSecret.generate(new SecureRandom()).reveal();
  }

  private static HttpHeaders headers(Instant at, String signature) {
    return HttpHeaders.of(
        Map.of(
            "webhook-id", List.of(ID),
            "webhook-timestamp", List.of(Long.toString(at.getEpochSecond())),
            "webhook-signature", List.of(signature)),
        (_, _) -> true);
  }
}
