package dev.earshot.portal.key;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import dev.earshot.event.Value.Text;
import dev.earshot.portal.http.Answer;
import dev.earshot.portal.http.Call;
import dev.earshot.portal.http.Endpoint;
import dev.earshot.portal.http.Problem;
import dev.earshot.portal.http.Refusal;
import dev.earshot.portal.publishing.Publications;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Lists, makes and revokes the keys of a workspace. */
public final class KeyEndpoints {

  private static final int KEYS_MAX = 1000;
  private static final int ORIGINS_MAX = 50;

  private final Publications publications;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public KeyEndpoints(Publications publications, InstantSource clock) {
    this.publications = publications;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/keys", Set.of(), this::list),
        Endpoint.post("/api/keys", Set.of(), this::create),
        Endpoint.delete("/api/keys/{id}", this::revoke));
  }

  private Answer list(Call call) {
    var keys = publications.store().current(call.workspace(), DefinitionKind.KEY);
    return Answer.object(json -> {
      json.name("keys").openItems();
      keys.forEach(key -> write(json.open(), key).close());
      json.closeItems();
    });
  }

  private Answer create(Call call) {
    var wanted = call.document(Set.of("role", "origins"));
    var role = role(wanted.get("role"));
    var origins = origins(wanted.get("origins"));
    return publications.alone(() -> {
      if (publications.store().current(call.workspace(), DefinitionKind.KEY).size() >= KEYS_MAX) {
        return Answer.failed(
            Problem.conflict("too_many_keys", "A workspace may have " + KEYS_MAX + " keys."));
      }
      var key = unused(call, role, origins);
      publications.publish(List.of(key.definition()));
      return Answer.object(201, json -> write(json.member("key", key.secret()), key.definition()));
    });
  }

  private NewKey unused(Call call, KeyRole role, List<String> origins) {
    while (true) {
      var by = call.admin().signature();
      var key = NewKey.make(call.workspace(), role, origins, random, clock.instant(), by);
      var id = key.definition().id();
      if (publications.store().latest(call.workspace(), DefinitionKind.KEY, id).isEmpty()) {
        return key;
      }
    }
  }

  private Answer revoke(Call call) {
    return publications.alone(() -> {
      var key = current(call);
      if (isLastAdmin(key)) {
        return Answer.failed(
            Problem.conflict(
                "last_admin_key", "This is the last admin key; make another one first."));
      }
      publications.publish(
          List.of(publications.retired(key, clock.instant(), call.admin().signature())));
      return Answer.object(json -> json.member("id", key.id()).name("revoked").truth(true));
    });
  }

  private Definition current(Call call) {
    var id = call.variable("id");
    return publications
        .store()
        .latest(call.workspace(), DefinitionKind.KEY, id)
        .filter(key -> !key.retired())
        .orElseThrow(
            () -> new Refusal(Problem.notFound("unknown_key_id", "There is no key " + id + ".")));
  }

  private boolean isLastAdmin(Definition key) {
    return isAdmin(key)
        && publications.store().current(key.workspace(), DefinitionKind.KEY).stream()
            .noneMatch(other -> isAdmin(other) && !other.id().equals(key.id()));
  }

  private static boolean isAdmin(Definition key) {
    return key.body().get("role").equals(Value.of(KeyRole.ADMIN.word()));
  }

  private static JsonWriter write(JsonWriter json, Definition key) {
    json.member("id", key.id());
    for (var name : List.of("role", "last4", "origins")) {
      json.name(name).value(key.body().get(name));
    }
    return json.member("createdAt", key.publishedAt()).member("createdBy", key.publishedBy());
  }

  private static KeyRole role(Value value) {
    return KeyRole.of(value.shown())
        .orElseThrow(() -> bad("role must be \"write\", \"server\" or \"admin\"."));
  }

  private static List<String> origins(Value value) {
    if (value instanceof Nothing) {
      return List.of();
    }
    if (!(value instanceof Items(var items)) || items.size() > ORIGINS_MAX) {
      throw bad("origins must be a list of at most " + ORIGINS_MAX + " web origins.");
    }
    return items.stream().map(KeyEndpoints::origin).toList();
  }

  private static String origin(Value value) {
    if (value instanceof Text(var text) && isOrigin(text)) {
      return text;
    }
    throw bad("An origin is like \"https://www.example.com\", not \"" + value.shown() + "\".");
  }

  /** A scheme, a host and perhaps a port; the host may begin with {@code *.}. */
  private static boolean isOrigin(String text) {
    try {
      var uri = URI.create(text.replaceFirst("://\\*\\.", "://any."));
      var scheme = uri.getScheme();
      return ("https".equals(scheme) || "http".equals(scheme))
          && uri.getHost() != null
          && uri.toString().equals(scheme + "://" + uri.getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Refusal bad(String detail) {
    return new Refusal(Problem.badRequest("bad_member", detail));
  }
}
