package dev.earshot.stream.attempt;

import dev.earshot.engine.delivery.Attempt;
import dev.earshot.engine.delivery.DeliveryInput.Reported;
import dev.earshot.stream.AttemptQueue;
import java.util.List;

class MemoryAttemptQueueTest extends AttemptQueueConformance {

  private MemoryAttemptQueue queue = new MemoryAttemptQueue(LIMIT);

  @Override
  AttemptQueue queue() {
    return queue;
  }

  @Override
  void owe(List<Attempt> attempts) {
    attempts.forEach(queue::owe);
  }

  @Override
  List<Reported> outcomes() {
    return queue.outcomes();
  }

  @Override
  void crash() {
    queue = queue.crashed();
  }
}
