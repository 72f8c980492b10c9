package dev.earshot.engine.definition;

import dev.earshot.event.Value.Fields;
import java.time.Instant;

/**
 * One version of something a team has defined: a journey, a template, a destination, a key. Never
 * changed once published; a change is a new version.
 *
 * @param version counted from 1 for each (workspace, kind, id)
 * @param body the definition itself, in the form of its kind
 * @param retired whether this version ends the definition: nothing new starts from it
 */
public record Definition(
    String workspace,
    DefinitionKind kind,
    String id,
    int version,
    Fields body,
    boolean retired,
    Instant publishedAt,
    String publishedBy) {}
