package dev.earshot.channel.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.earshot.event.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

  private final SecretBox box = new SecretBox(key(1));

  @Test
  void whatIsSealedOpensInItsOwnPlaceOnly() {
    var sealed = box.seal("whsec_x", "destination/acme/crm");

    assertFalse(sealed.contains("whsec_x"));
    assertEquals(Optional.of("whsec_x"), box.open(sealed, "destination/acme/crm"));
    assertEquals(Optional.empty(), box.open(sealed, "destination/acme/other"));
    assertEquals(Optional.empty(), new SecretBox(key(2)).open(sealed, "destination/acme/crm"));
  }

  @Test
  void theSameTextInTheSamePlaceLooksTheSame() {
    assertEquals(box.seal("a", "x"), box.seal("a", "x"));
    assertNotEquals(box.seal("a", "x"), box.seal("a", "y"));
    assertNotEquals(box.seal("a", "x"), box.seal("b", "x"));
  }

  @Test
  void whatWasChangedDoesNotOpen() {
    var sealed = box.seal("secret", "x");
    for (int at = "sealed:v1:".length(); at < sealed.length() - 1; at++) {
      char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
      var changed = sealed.substring(0, at) + other + sealed.substring(at + 1);
      assertEquals(Optional.empty(), box.open(changed, "x"));
    }
    for (var none : List.of("", "sealed:v1:", "sealed:v1:!!", "sealed:v1:AAAA", "plain")) {
      assertEquals(Optional.empty(), box.open(none, "x"));
    }
  }

  @Test
  void aMasterKeyOfAnotherLengthIsNotTaken() {
    assertThrows(IllegalArgumentException.class, () -> new SecretBox(new byte[16]));
  }

  @Test
  void anUnsubscribeTokenIsOpaqueAndCannotBeForged() {
    var tokens = new UnsubscribeTokens(box);
    var ada = Subject.user("acme", "ada");

    var token = tokens.token(ada);

    assertFalse(token.contains("ada"));
    assertEquals(token, tokens.token(ada));
    assertEquals(Optional.of(ada), tokens.subject(token));
    assertEquals(Optional.empty(), new UnsubscribeTokens(new SecretBox(key(2))).subject(token));
    assertEquals(Optional.empty(), tokens.subject(token.substring(1)));
    assertEquals(Optional.empty(), tokens.subject("A" + token));
    assertEquals(Optional.empty(), tokens.subject("ada"));
    assertEquals(Optional.empty(), tokens.subject("x".repeat(10_000)));
  }

  private static byte[] key(int filling) {
    var key = new byte[SecretBox.MASTER_KEY_LENGTH];
    Arrays.fill(key, (byte) filling);
    return key;
  }
}
