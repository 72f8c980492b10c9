package dev.earshot.portal.http;

/** Where the lines of a streamed answer go. Writing waits while the client does not read. */
public interface LineSink {

  /** Writes one line; the sink may hold it back until {@link #flush}. */
  void line(byte[] json);

  /** Sends what was held back; an empty line first if nothing was sent for a while. */
  void flush();

  /** Whether the client still listens. */
  boolean open();
}
