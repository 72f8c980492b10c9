package dev.earshot.stream.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the batches of all producers are compressed. Most batches are a record or two, and for each
 * of them Kafka's LZ4 takes 128 KB of memory anew; Snappy takes its buffers up again.
 */
public final class Codec {

  private static final Logger LOG = LoggerFactory.getLogger(Codec.class);

  private static final String CHOSEN = chosen(Codec::trySnappy);

  private Codec() {}

  /** The {@code compression.type} of a producer. */
  public static String type() {
    return CHOSEN;
  }

  /** Snappy is a library of the system's kind; there is none for some, like musl. */
  static String chosen(Runnable snappy) {
    try {
      snappy.run();
      return "snappy";
    } catch (Error e) { // Its loader throws one of its own.
      LOG.info("Batches are compressed with lz4, as snappy is not at hand: {}", e.toString());
      return "lz4";
    }
  }

  private static void trySnappy() {
    var compression = Compression.snappy().build();
    try (var out =
        compression.wrapForOutput(
            new ByteBufferOutputStream(64), RecordBatch.CURRENT_MAGIC_VALUE)) {
      out.write(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
