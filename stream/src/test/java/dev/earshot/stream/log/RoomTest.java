package dev.earshot.stream.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.stream.EventLog.NoRoom;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoomTest {

  private static final long MEGABYTE = 1L << 20;
  private static final long GIGABYTE = 1L << 30;

  private final AtomicLong free = new AtomicLong(1600);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @Test
  void aDiskThatIsNearlyFullAtTheStartIsKnownToBe() {
    free.set(1599);
    try (var room = watch()) {
      assertTrue(room.trouble().isPresent());
    }
  }

  @Test
  void whatFillsTheDiskIsRefusedUntilThereIsRoom() {
    try (var room = watch()) {
      assertEquals(Optional.empty(), room.trouble());

      free.set(0);
      await().until(() -> room.trouble().isPresent());
      var refused = room.require(() -> CompletableFuture.completedFuture(null));
      assertInstanceOf(NoRoom.class, refused.exceptionNow());

      free.set(1700);
      await().until(() -> room.trouble().isEmpty());
      assertTrue(room.require(() -> CompletableFuture.completedFuture(null)).isDone());
    }
  }

  @Test
  void aLittleMoreThanTheReserveIsNotRoomYet() {
    free.set(1599);
    try (var room = watch()) {
      free.set(1699);
      room.look();
      assertTrue(room.trouble().isPresent());
    }
  }

  @Test
  void aClusterHasItsOwnRoom() {
    assertEquals(Optional.empty(), Room.ofCluster().trouble());
  }

  @Test
  void theReserveIsAShareOfTheDiskWithinBounds() {
    assertEquals(512 * MEGABYTE, Room.standardReserve(GIGABYTE));
    assertEquals(GIGABYTE, Room.standardReserve(20 * GIGABYTE));
    assertEquals(2 * GIGABYTE, Room.standardReserve(4096 * GIGABYTE));
  }

  @Test
  void bothAreMeasured() {
    try (var _ = watch()) {
      assertEquals(1600, metrics.get("earshot.disk.free.bytes").gauge().value());
      assertEquals(1600, metrics.get("earshot.disk.reserve.bytes").gauge().value());
    }
  }

  private Room watch() {
    return Room.watch(free::get, 1600, metrics);
  }
}
