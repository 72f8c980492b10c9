package dev.earshot.channel.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the machine's own resolver. A question may hang for half a minute and cannot be stopped, so
 * it is asked on a thread of its own, once for all who ask for the same name.
 */
public final class SystemResolver implements Resolver, AutoCloseable {

  private static final int THREADS = 16;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().name("resolver-", 0).daemon().factory());
  private final Map<String, CompletableFuture<List<InetAddress>>> asked = new ConcurrentHashMap<>();

  @Override
  public List<InetAddress> resolve(String host, Duration within)
      throws TimeoutException, InterruptedException {
    var answer = asked.computeIfAbsent(host, this::ask);
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return List.of();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private CompletableFuture<List<InetAddress>> ask(String host) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return lookUp(host);
          } finally {
            asked.remove(host);
          }
        },
        threads);
  }

  private static List<InetAddress> lookUp(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
