package dev.earshot.channel.secret;

import dev.earshot.event.Subject;
import java.util.Base64;
import java.util.Optional;

/**
 * The part of an unsubscribe link that says who unsubscribes: opaque, the same in every mail to the
 * same person, and not to be forged.
 */
public final class UnsubscribeTokens {

  private static final String CONTEXT = "unsubscribe";
  private static final int LENGTH_MAX = 2048;

  private final SecretBox box;

  public UnsubscribeTokens(SecretBox box) {
    this.box = box;
  }

  public String token(Subject subject) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(box.sealed(subject.key(), CONTEXT));
  }

  /** Whose token it is; empty for one that was not made here. */
  public Optional<Subject> subject(String token) {
    if (token.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    try {
      return box.opened(Base64.getUrlDecoder().decode(token), CONTEXT).flatMap(Subject::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
