package dev.earshot.stream;

import dev.earshot.event.Properties;
import java.time.Instant;

/**
 * A document that was received and could not be used, kept whole so that it can be driven in again.
 *
 * @param source the id of the write key it came with
 * @param code the stable code of the reason: {@code track_without_event}
 * @param reason one sentence for a person
 * @param document what was sent: the JSON object itself, or its text under {@code body}
 */
public record Quarantined(
    String id,
    String workspace,
    String source,
    String code,
    String reason,
    Properties document,
    Instant receivedAt) {}
