package dev.earshot.gateway.admission;

import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What all messages of one request have in common.
 *
 * @param source the id of the key they came with
 * @param context what the batch says of all its messages; a message knows better
 * @param sentAt when the caller says it sent them, by the clock that also stamped them
 * @param address where they came from, when the request is a browser's
 * @param mayMergeUsers whether the key is believed when it says that two users are one
 * @param requestId unique to the request
 * @param eventBytesMax the most that one message may hold
 */
public record Envelope(
    String workspace,
    String source,
    Origin origin,
    Instant receivedAt,
    String requestId,
    @Nullable Properties context,
    @Nullable String sentAt,
    @Nullable String address,
    boolean browser,
    boolean mayMergeUsers,
    int eventBytesMax) {}
