package dev.earshot.app;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who sends one event after the other, and counts those that were acknowledged. */
final class Crowd {

  private final AtomicInteger acknowledged = new AtomicInteger();

  int acknowledged() {
    return acknowledged.get();
  }

  void sendUntilTheServerIsGone(Visitor visitor) {
    try {
      visitor.send("track", "{\"userId\": \"crowd\", \"event\": \"Warmed Up\"}");
      while (true) {
        if (visitor.send("track", "{\"userId\": \"crowd\", \"event\": \"Clicked\"}") == 200) {
          acknowledged.incrementAndGet();
        }
      }
    } catch (IOException gone) {
      // The server has ended, which is what the test waits for.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
