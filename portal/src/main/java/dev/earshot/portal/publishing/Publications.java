package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Definition;
import dev.earshot.portal.http.Problem;
import dev.earshot.portal.http.Refusal;
import dev.earshot.stream.DefinitionStore;
import dev.earshot.stream.EventLog.LogUnavailable;
import dev.earshot.stream.EventLog.NoRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The only writer of definitions in this process. Whoever compares with what is published and then
 * publishes does both {@link #alone}, so that two of them never make the same version. Writers in
 * other processes cannot be locked out: after each publication the versions are read back, and when
 * another's stand in their place the caller is told to try again.
 */
public final class Publications {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DefinitionStore store;
  private final ReentrantLock lock = new ReentrantLock(true);

  public Publications(DefinitionStore store) {
    this.store = store;
  }

  public DefinitionStore store() {
    return store;
  }

  /** Runs the work while nobody else in this process publishes. */
  public <T> T alone(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Publishes all or none, and returns when this node has read them back. */
  public void publish(List<Definition> definitions) {
    if (!lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("compare and publish alone");
    }
    if (definitions.isEmpty()) {
      return;
    }
    await(definitions);
    if (!definitions.stream().allMatch(this::isOurs)) {
      throw new Refusal(
          Problem.conflict(
              "publish_conflict", "Somebody else published at the same moment; apply again."));
    }
  }

  /** The version that ends a definition. */
  public Definition retired(Definition current, Instant at, String by) {
    return new Definition(
        current.workspace(),
        current.kind(),
        current.id(),
        current.version() + 1,
        current.body(),
        true,
        at,
        by);
  }

  private void await(List<Definition> definitions) {
    try {
      store.publish(definitions).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailable("the server is stopping", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof NoRoom noRoom
          ? noRoom
          : new LogUnavailable("the definitions could not be published", e);
    } catch (TimeoutException e) {
      throw new LogUnavailable("the definitions were not read back in time", e);
    }
  }

  private boolean isOurs(Definition ours) {
    return store
        .version(ours.workspace(), ours.kind(), ours.id(), ours.version())
        .filter(read -> read.body().equals(ours.body()))
        .filter(read -> read.retired() == ours.retired())
        .filter(read -> read.publishedBy().equals(ours.publishedBy()))
        .isPresent();
  }
}
