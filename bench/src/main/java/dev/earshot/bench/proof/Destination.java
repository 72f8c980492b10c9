package dev.earshot.bench.proof;

import dev.earshot.bench.sink.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where messages go, by how it answers. The bad ones are bad to some messages, and to those the
 * first time only: a destination that mostly fails is let rest, and a proof does not wait for that.
 */
enum Destination {
  PLAIN(End.TAKEN),
  SLOW(End.TAKEN),
  FAILING(End.TAKEN),
  BUSY(End.TAKEN),
  GONE(End.DEAD),
  /** Resets before it reads; it does not know what it missed. */
  SHUT(End.TAKEN),
  /** Reads all and resets: the sender cannot know. */
  AMBIGUOUS(End.TAKEN),
  SILENT(End.TAKEN),
  DRIPPING(End.TAKEN),
  ENDLESS(End.TAKEN),
  /** Leads to an address that nobody is to be led to. */
  REDIRECTING(End.TAKEN),
  /** Takes what has a text, as Slack does. */
  SLACK(End.TAKEN),
  MAIL(End.TAKEN);

  private static final Duration SLOW_TIME = Duration.ofSeconds(1);
  private static final int BUSY_SECONDS = 1;

  /** What is to become of a message to it. */
  enum End {
    TAKEN,
    /** Given up, since the destination never takes it. */
    DEAD
  }

  private final End end;

  Destination(End end) {
    this.end = end;
  }

  End end() {
    return end;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Destination> of(String word) {
    return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
  }

  static List<Destination> webhooks() {
    return Arrays.stream(values()).filter(it -> it != MAIL).toList();
  }

  /**
   * What it does with a message.
   *
   * @param bad whether it is bad to this one, if it is ever bad
   * @param forbidden where nothing may ever arrive
   */
  Reply reply(boolean bad, String body, URI forbidden) {
    return switch (this) {
      case PLAIN, SHUT, MAIL -> Reply.ok();
      case SLOW -> Reply.slow(SLOW_TIME);
      case FAILING -> bad ? Reply.status(500) : Reply.ok();
      case BUSY -> bad ? Reply.comeBackAfter(BUSY_SECONDS) : Reply.ok();
      case GONE -> Reply.status(410);
      case AMBIGUOUS -> bad ? new Reply.Reset() : Reply.ok();
      case SILENT -> bad ? new Reply.Silent() : Reply.ok();
      case DRIPPING -> bad ? new Reply.Dripping() : Reply.ok();
      case ENDLESS -> new Reply.Endless();
      case REDIRECTING -> bad ? Reply.elsewhere(forbidden) : Reply.ok();
      case SLACK -> body.contains("\"text\"") ? Reply.says(200, "ok") : Reply.says(400, "no_text");
    };
  }
}
