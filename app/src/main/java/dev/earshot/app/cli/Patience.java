package dev.earshot.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Asks again while the server is busy or away, as it wishes, and for a limited time. */
public final class Patience {

  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Api api;
  private final Duration giveUpAfter;

  public Patience(Api api, Duration giveUpAfter) {
    this.api = api;
    this.giveUpAfter = giveUpAfter;
  }

  /** The first answer that is not "later"; fails when there is none in time. */
  public Answer answer(CompletableFuture<Answer> first, Supplier<CompletableFuture<Answer>> again) {
    long start = System.nanoTime();
    var pause = FIRST;
    var asked = first;
    while (true) {
      var wait = pause;
      CommandFailure trouble;
      try {
        var answer = asked.join();
        if (!answer.isBusy()) {
          return answer;
        }
        wait = answer.retryAfter().orElse(pause);
        trouble = new CommandFailure(answer.refusal());
      } catch (CompletionException e) {
        trouble = unreachable(e);
      }
      if (System.nanoTime() - start + wait.toNanos() > giveUpAfter.toNanos()) {
        throw trouble;
      }
      sleep(wait);
      pause = longer(pause);
      asked = again.get();
    }
  }

  private CommandFailure unreachable(CompletionException e) {
    if (e.getCause() instanceof IOException cause) {
      return api.unreachable(cause);
    }
    throw e;
  }

  private static Duration longer(Duration pause) {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
  }

  private static void sleep(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("Interrupted.", e);
    }
  }
}
