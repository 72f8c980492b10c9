package dev.earshot.stream.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The log cannot be had. The message is one sentence for the person who started Earshot. */
public final class StreamException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong, and whose affair it is. */
  public enum Code {
    DATA_DIRECTORY_IN_USE(Fault.OPERATOR),
    DATA_DIRECTORY_UNUSABLE(Fault.OPERATOR),
    DATA_DIRECTORY_OF_ANOTHER_VERSION(Fault.OPERATOR),
    CLUSTER_UNREACHABLE(Fault.OPERATOR),
    TOPICS_UNSUITABLE(Fault.OPERATOR),
    LOG_DAMAGED(Fault.OPERATOR),
    BROKER_FAILED(Fault.OURS);

    private final Fault fault;

    Code(Fault fault) {
      this.fault = fault;
    }

    public Fault fault() {
      return fault;
    }
  }

  /** Who can mend it. */
  public enum Fault {
    OPERATOR,
    OURS
  }

  private final Code code;

  public StreamException(Code code, String message) {
    this(code, message, null);
  }

  public StreamException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /**
   * What a consumer meets where a flushed part of the log is damaged: Kafka's client gives it no
   * type of its own, only one failure without a type within another.
   */
  public static Optional<StreamException> ofDamage(KafkaException failure) {
    var cause = failure.getCause();
    return cause != null && cause.getClass() == KafkaException.class
        ? Optional.of(damaged("is damaged: " + cause.getMessage(), failure))
        : Optional.empty();
  }

  /** Says what the log has come to, and what can be done. */
  public static StreamException damaged(String what, @Nullable Throwable cause) {
    return new StreamException(
        Code.LOG_DAMAGED,
        "The log %s. Put its files back from a backup, or go on without what is lost:"
                .formatted(what)
            + " ./earshot up --accept-loss (docs/durability.md).",
        cause);
  }

  /** Says which file does not let itself be read, and that it need not have lost anything. */
  public static StreamException unreadable(Path file, IOException cause) {
    return new StreamException(
        Code.DATA_DIRECTORY_UNUSABLE,
        "%s cannot be opened or read: %s. Mend that first (its permissions, the limit of open"
                .formatted(file, reason(cause))
            + " files, the disk): what was written may all be there.",
        cause);
  }

  static String reason(IOException cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  public Code code() {
    return code;
  }
}
