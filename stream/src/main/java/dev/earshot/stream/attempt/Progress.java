package dev.earshot.stream.attempt;

import java.util.Base64;
import java.util.BitSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far one partition of the attempts is done: everything before the watermark, and some of what
 * stands above it. Both fit into one committed offset, so they are written in one transaction with
 * the outcomes.
 */
final class Progress {

  /** How far above the watermark something may be done: a commit's metadata holds as many bits. */
  static final int WINDOW = 16_384;

  /** Read and not done; the first of them is the watermark. */
  private final TreeSet<Long> open = new TreeSet<>();

  /** What is done, relative to {@link #doneFrom}. */
  private BitSet done;

  private long doneFrom;
  private long position;

  private Progress(long position, BitSet done) {
    this.position = position;
    this.doneFrom = position;
    this.done = done;
  }

  /** A partition on which nothing is done from that offset on. */
  static Progress from(long offset) {
    return new Progress(offset, new BitSet());
  }

  /** What {@link #watermark} and {@link #metadata} said. */
  static Progress restore(long watermark, String metadata) {
    try {
      return new Progress(watermark, BitSet.valueOf(Base64.getDecoder().decode(metadata)));
    } catch (IllegalArgumentException e) {
      // Somebody else moved the group by hand: above the offset nothing is known to be done.
      return from(watermark);
    }
  }

  /** Takes note of an attempt that was read; whether it is still to be made. */
  boolean take(long offset) {
    position = Math.max(position, offset + 1);
    if (isDone(offset)) {
      return false;
    }
    open.add(offset);
    return true;
  }

  void finish(long offset) {
    if (open.remove(offset)) {
      done.set((int) (offset - doneFrom));
      forgetBelowWatermark();
    }
  }

  /** Everything before it is done. */
  long watermark() {
    return open.isEmpty() ? position : open.first();
  }

  /** Both of what is to be committed. */
  OffsetAndMetadata committed() {
    return new OffsetAndMetadata(watermark(), metadata());
  }

  /** Whether more may be read without outgrowing the metadata. */
  boolean hasRoom(int more) {
    return position - watermark() + more <= WINDOW;
  }

  /** What is done from the watermark on. */
  String metadata() {
    int from = (int) (watermark() - doneFrom);
    var bits = done.get(from, Math.max(from, done.length()));
    return Base64.getEncoder().withoutPadding().encodeToString(bits.toByteArray());
  }

  private boolean isDone(long offset) {
    return offset >= doneFrom && done.get((int) (offset - doneFrom));
  }

  private void forgetBelowWatermark() {
    long watermark = watermark();
    if (watermark - doneFrom > WINDOW) {
      int from = (int) (watermark - doneFrom);
      done = done.get(from, Math.max(from, done.length()));
      doneFrom = watermark;
    }
  }
}
