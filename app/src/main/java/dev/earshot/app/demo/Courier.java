package dev.earshot.app.demo;

import dev.earshot.app.cli.Answer;
import dev.earshot.app.cli.Api;
import dev.earshot.app.cli.CommandFailure;
import dev.earshot.app.cli.MessageBatch;
import dev.earshot.app.cli.Patience;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Brings messages to one path of the server, in their order: the next request waits for the last.
 */
final class Courier {

  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);

  private final String path;
  private final Api api;
  private final Patience patience;
  private Request underWay = Request.NONE;

  Courier(String path, Api api) {
    this.path = path;
    this.api = api;
    patience = new Patience(api, GIVE_UP_AFTER);
  }

  private record Request(CompletableFuture<Answer> answer, MessageBatch batch) {
    static final Request NONE = new Request(new CompletableFuture<>(), new MessageBatch());
  }

  /** Sends the messages when those before them have arrived. */
  void send(MessageBatch batch) {
    arrive();
    underWay = new Request(ask(batch), batch);
  }

  /** Waits until the server has all that was sent. */
  void arrive() {
    var request = underWay;
    if (request.batch().count() == 0) {
      return;
    }
    var answer = patience.answer(request.answer(), () -> ask(request.batch()));
    if (!answer.isSuccess()) {
      throw new CommandFailure(answer.refusal());
    }
    underWay = Request.NONE;
  }

  private CompletableFuture<Answer> ask(MessageBatch batch) {
    return api.askAsync(path, batch.body());
  }
}
