package dev.earshot.channel;

import java.util.concurrent.Semaphore;

/**
 * Where attempts wait for a busy destination that answers, out of what the sender has to spare:
 * shared by all lanes, so that the rest of what is in hand stays free for other destinations.
 */
final class WaitingRoom {

  private final Semaphore room;
  private volatile boolean open = true;

  WaitingRoom(int weightMax) {
    room = new Semaphore(weightMax);
  }

  boolean enter(int weight) {
    return open && room.tryAcquire(weight);
  }

  void leave(int weight) {
    room.release(weight);
  }

  /** Whether waiting is worth it at all. */
  boolean isOpen() {
    return open;
  }

  void close() {
    open = false;
  }

  /** How much more may wait. */
  int free() {
    return room.availablePermits();
  }
}
