package dev.earshot.engine.journey;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Event;
import dev.earshot.event.EventType;
import dev.earshot.event.Json;
import dev.earshot.event.Origin;
import dev.earshot.event.Properties;
import dev.earshot.event.Subject;
import dev.earshot.event.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events and definitions as tests write them: JSON with single quotes. */
final class Given {

  static final Subject ADA = Subject.user(World.WORKSPACE, "ada");
  static final Subject VISITOR = Subject.anonymous(World.WORKSPACE, "visitor-1");

  private Given() {}

  static Fields json(String json) {
    return Json.parseFields(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static Definition journey(String id, int version, String body) {
    return new Definition(
        World.WORKSPACE,
        DefinitionKind.JOURNEY,
        id,
        version,
        json(body),
        false,
        World.START,
        "test");
  }

  static Definition template(String id, int version, Instant publishedAt) {
    return new Definition(
        World.WORKSPACE,
        DefinitionKind.TEMPLATE,
        id,
        version,
        Fields.EMPTY,
        false,
        publishedAt,
        "test");
  }

  static Definition retired(Definition definition) {
    return new Definition(
        definition.workspace(),
        definition.kind(),
        definition.id(),
        definition.version() + 1,
        definition.body(),
        true,
        definition.publishedAt(),
        definition.publishedBy());
  }

  static Rules rules(Definition... definitions) {
    return Rules.EMPTY.with(List.of(definitions));
  }

  /** An event of Ada. */
  static Event track(String id, String name, String properties) {
    return of(id, EventType.TRACK, name, "ada", null, properties);
  }

  static Event track(String id, String name) {
    return track(id, name, "{}");
  }

  static Event identify(String id, String traits) {
    return of(id, EventType.IDENTIFY, EventType.IDENTIFY.eventName(), "ada", null, traits);
  }

  static Event visitorTrack(String id, String name) {
    return of(id, EventType.TRACK, name, null, "visitor-1", "{}");
  }

  static Event of(
      String id,
      EventType type,
      String name,
      @Nullable String user,
      @Nullable String visitor,
      String properties) {
    return new Event(
        id,
        World.WORKSPACE,
        type,
        name,
        user,
        visitor,
        null,
        null,
        Properties.of(json(properties)),
        Properties.EMPTY,
        World.START,
        World.START,
        Origin.LIVE,
        "wk_1");
  }

  static Event group(String id, String user, String account, String traits) {
    return new Event(
        id,
        World.WORKSPACE,
        EventType.GROUP,
        EventType.GROUP.eventName(),
        user,
        null,
        account,
        null,
        Properties.of(json(traits)),
        Properties.EMPTY,
        World.START,
        World.START,
        Origin.LIVE,
        "wk_1");
  }

  static Event alias(String id, String user, String previous) {
    return new Event(
        id,
        World.WORKSPACE,
        EventType.ALIAS,
        EventType.ALIAS.eventName(),
        user,
        null,
        null,
        previous,
        Properties.EMPTY,
        Properties.EMPTY,
        World.START,
        World.START,
        Origin.LIVE,
        "wk_1");
  }

  static Event from(Origin origin, Event event, Instant occurredAt) {
    return new Event(
        event.id(),
        event.workspace(),
        event.type(),
        event.name(),
        event.userId(),
        event.anonymousId(),
        event.groupId(),
        event.previousId(),
        event.properties(),
        event.context(),
        occurredAt,
        event.receivedAt(),
        origin,
        event.source());
  }
}
