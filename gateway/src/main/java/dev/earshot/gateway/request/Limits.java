package dev.earshot.gateway.request;

/**
 * How much of everything is taken.
 *
 * @param requestBytesMax of one body, on the wire and inflated
 * @param eventBytesMax of one event of the Segment family
 * @param cloudEventBytesMax of one CloudEvent, which intermediaries must forward up to 64 KiB
 * @param batchEventsMax in one request
 * @param bytesInWorkMax of all requests that are read or wait for the log
 * @param connectionsMax open at a time
 * @param connectionsPerAddressMax of them from one address
 */
public record Limits(
    int requestBytesMax,
    int eventBytesMax,
    int cloudEventBytesMax,
    int batchEventsMax,
    long bytesInWorkMax,
    int connectionsMax,
    int connectionsPerAddressMax) {

  public static final Limits STANDARD =
      new Limits(500 * 1024, 32 * 1024, 64 * 1024, 2_500, 64L * 1024 * 1024, 10_000, 1_000);
}
