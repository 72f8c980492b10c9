package dev.earshot.gateway.request;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies: at most so many bytes, on the wire and inflated; within a deadline; and within the
 * budget of all requests. What the label says about the content is a hint at most.
 */
public final class BodyReader {

  /** A refused sender may still be sending; it is heard out so long that it can read the answer. */
  private static final long LINGER_MILLIS = 1_000;

  /** What is less than that is heard out, so that its sender need not connect again. */
  private static final int SWALLOWED_BYTES_MAX = 64 * 1024;

  /** Room is made for what is announced, but for no more than so many times what has come. */
  private static final int AHEAD = 8;

  private static final byte[] NOTHING = {};

  private final Vertx vertx;
  private final int bytesMax;
  private final long deadlineMillis;
  private final ByteBudget budget;

  public BodyReader(Vertx vertx, int bytesMax, Duration deadline, ByteBudget budget) {
    this.vertx = vertx;
    this.bytesMax = bytesMax;
    this.deadlineMillis = deadline.toMillis();
    this.budget = budget;
  }

  /** Reads the body and hands it on, inflated; or refuses the exchange. */
  public void read(Exchange exchange, Consumer<byte[]> whole) {
    new Reading(exchange, whole).start();
  }

  /** Refuses the exchange at once, whatever of the body is still to come. */
  public void refuse(Exchange exchange, Problem problem) {
    new Reading(exchange, _ -> {}).refuse(problem);
  }

  private final class Reading {
    private final Exchange exchange;
    private final HttpServerRequest request;
    private final Consumer<byte[]> whole;
    private byte[] gathered = NOTHING;
    private int length;
    private long timer;
    private long taken;
    private boolean over;

    Reading(Exchange exchange, Consumer<byte[]> whole) {
      this.exchange = exchange;
      this.request = exchange.request();
      this.whole = whole;
    }

    void start() {
      if (!isFramed()) {
        cut(Problem.of(ProblemType.MALFORMED, "Transfer-Encoding is to be chunked, if anything."));
        return;
      }
      var problem = foreseen();
      if (problem != null) {
        refuse(problem);
        return;
      }
      exchange.whenDone(this::giveBack);
      timer = vertx.setTimer(deadlineMillis, _ -> hangUp(tooSlow()));
      request.exceptionHandler(_ -> stop());
      request.handler(this::gather);
      request.endHandler(_ -> finish());
    }

    /** With any other coding nobody can say where the request ends and the next begins. */
    private boolean isFramed() {
      var codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
      return codings.isEmpty()
          || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
    }

    private @Nullable Problem foreseen() {
      var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
      boolean readable =
          encoding == null
              || encoding.equalsIgnoreCase("gzip")
              || encoding.equalsIgnoreCase("identity");
      if (!readable) {
        return Problem.of(
            ProblemType.UNSUPPORTED_ENCODING, "Content-Encoding is to be gzip or identity.");
      }
      if (declaredLength() > bytesMax) {
        return tooLarge();
      }
      return budget.has(declaredLength()) ? null : outOfMemory();
    }

    private long declaredLength() {
      var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
      return length == null ? 0 : Long.parseLong(length);
    }

    private void gather(Buffer chunk) {
      if (over) {
        return;
      }
      int needed = length + chunk.length();
      if (needed > bytesMax) {
        refuse(tooLarge());
      } else if (!tryMakeRoom(needed)) {
        refuse(outOfMemory());
      } else {
        chunk.getBytes(gathered, length);
        length = needed;
      }
    }

    private boolean tryMakeRoom(int needed) {
      if (needed <= gathered.length) {
        return true;
      }
      long announced = declaredLength();
      int room =
          announced < needed
              ? Math.min(bytesMax, Math.max(needed, length * 2))
              : (int) Math.min(announced, (long) needed * AHEAD);
      if (!take(room - gathered.length)) {
        return false;
      }
      gathered = Arrays.copyOf(gathered, room);
      return true;
    }

    private boolean take(int bytes) {
      boolean free = budget.tryTake(bytes);
      taken += free ? bytes : 0;
      return free;
    }

    private void finish() {
      if (over) {
        return;
      }
      stop();
      var wire = length == gathered.length ? gathered : Arrays.copyOf(gathered, length);
      gathered = NOTHING;
      if (Gzip.isGzip(wire)) {
        inflate(wire);
      } else {
        handOn(wire);
      }
    }

    private void inflate(byte[] wire) {
      byte[] plain;
      try {
        plain = Gzip.inflate(wire, bytesMax);
      } catch (Gzip.TooLarge e) {
        exchange.refuse(tooLarge());
        return;
      } catch (Gzip.Broken e) {
        exchange.refuse(Problem.of(ProblemType.MALFORMED, e.getMessage() + "."));
        return;
      }
      if (take(plain.length)) {
        handOn(plain);
      } else {
        exchange.refuse(outOfMemory());
      }
    }

    private void handOn(byte[] body) {
      exchange.attempt(() -> whole.accept(body));
    }

    /** Who is refused may be told late, and holds no memory until then. */
    private void giveBack() {
      budget.giveBack(taken);
      taken = 0;
    }

    private void stop() {
      over = true;
      vertx.cancelTimer(timer);
    }

    private void refuse(Problem problem) {
      if (!request.isEnded() && !isShort()) {
        hangUp(problem);
        return;
      }
      stop();
      gathered = NOTHING;
      swallow();
      exchange.refuse(problem);
    }

    /** Whether all of the body can be let pass, so that the connection serves on. */
    private boolean isShort() {
      return !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
          && declaredLength() <= SWALLOWED_BYTES_MAX;
    }

    private void swallow() {
      if (request.isEnded()) {
        return;
      }
      long patience = vertx.setTimer(deadlineMillis, _ -> request.connection().close());
      request.exceptionHandler(_ -> vertx.cancelTimer(patience));
      request.endHandler(_ -> vertx.cancelTimer(patience));
      request.handler(_ -> {});
    }

    /** Refuses, and closes the connection once the sender could read the answer. */
    private void hangUp(Problem problem) {
      stop();
      gathered = NOTHING;
      request.handler(_ -> {});
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      exchange.refuseNow(
          problem, _ -> vertx.setTimer(LINGER_MILLIS, _ -> request.connection().close()));
    }

    /** Closes behind the answer at once: what comes next may be no request of this sender. */
    private void cut(Problem problem) {
      over = true;
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      exchange.refuse(problem);
      var _ = request.connection().close();
    }

    private Problem tooLarge() {
      return Problem.of(
          ProblemType.TOO_LARGE, "A request holds at most " + bytesMax + " bytes, inflated.");
    }
  }

  private static Problem tooSlow() {
    return Problem.of(ProblemType.TOO_SLOW, "The body is to arrive faster.");
  }

  private static Problem outOfMemory() {
    return Problem.overloaded("All memory for requests is in use.");
  }
}
