package dev.earshot.portal.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lines on their way to a client: at most one chunk is held, and the writer waits until the client
 * took it. Used by one thread; the client may leave at any time.
 */
final class ResponseLines implements LineSink {

  private static final int CHUNK_BYTES = 16 * 1024;
  private static final long HEARTBEAT_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long STALLED_SECONDS_MAX = 30;
  private static final byte[] EMPTY_LINE = {'\n'};

  private final Context context;
  private final HttpServerResponse response;
  private Buffer chunk = Buffer.buffer();
  private long lastSentNanos = System.nanoTime();
  private volatile boolean open = true;

  ResponseLines(Context context, HttpServerResponse response) {
    this.context = context;
    this.response = response;
    response.exceptionHandler(_ -> close());
    response.closeHandler(_ -> close());
  }

  @Override
  public void line(byte[] json) {
    chunk.appendBytes(json).appendBytes(EMPTY_LINE);
    if (chunk.length() >= CHUNK_BYTES) {
      send();
    }
  }

  @Override
  public void flush() {
    if (chunk.length() == 0 && System.nanoTime() - lastSentNanos > HEARTBEAT_NANOS) {
      chunk.appendBytes(EMPTY_LINE);
    }
    if (chunk.length() > 0) {
      send();
    }
  }

  @Override
  public boolean open() {
    return open;
  }

  void close() {
    open = false;
  }

  private void send() {
    var full = chunk;
    chunk = Buffer.buffer();
    lastSentNanos = System.nanoTime();
    if (!open) {
      return;
    }
    var written = new CompletableFuture<Void>();
    context.runOnContext(_ -> write(full, written));
    try {
      written.get(STALLED_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    } catch (ExecutionException | TimeoutException e) {
      close();
    }
  }

  private void write(Buffer full, CompletableFuture<Void> written) {
    if (response.closed()) {
      close();
      written.complete(null);
      return;
    }
    response
        .write(full)
        .onSuccess(_ -> written.complete(null))
        .onFailure(written::completeExceptionally);
  }
}
