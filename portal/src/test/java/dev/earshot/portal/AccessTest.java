package dev.earshot.portal;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Value;
import dev.earshot.portal.http.Access;
import dev.earshot.portal.http.Endpoint;
import dev.earshot.portal.key.KeyRole;
import dev.earshot.portal.status.Readiness;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rows 1, 11 and 23 of the security checklist, for every route there is. */
class AccessTest {

  private static final String UNKNOWN_KEY = "sk_" + "0".repeat(32);

  private TestPortal portal;

  @BeforeEach
  void start() {
    portal = new TestPortal();
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @TestFactory
  Stream<DynamicTest> noRouteIsOpenToACallerWithoutAnAdminKey() {
    var serverKey = portal.key(TestPortal.WORKSPACE, KeyRole.SERVER);
    return guarded()
        .map(endpoint ->
            DynamicTest.dynamicTest(
                name(endpoint),
                () ->
                    assertAll(
                        () -> assertRefused(401, "no_key", endpoint, null),
                        () -> assertRefused(401, "unknown_key", endpoint, UNKNOWN_KEY),
                        () -> assertRefused(401, "unknown_key", endpoint, ""),
                        () -> assertRefused(403, "key_scope", endpoint, serverKey),
                        () -> assertRefused(403, "key_scope", endpoint, portal.writeKey()))));
  }

  @TestFactory
  Stream<DynamicTest> everyRouteRefusesMethodsItDoesNotKnow() {
    return portal.portal().endpoints().stream()
        .map(Endpoint::path)
        .distinct()
        .map(path ->
            DynamicTest.dynamicTest(
                path,
                () -> {
                  for (var method : List.of("PUT", "PATCH", "OPTIONS", "TRACE")) {
                    var reply =
                        portal.send(
                            portal
                                .request(filled(path))
                                .header("Authorization", "Bearer " + portal.adminKey())
                                .method(method, BodyPublishers.noBody()));

                    assertEquals(405, reply.status(), method);
                    assertEquals("method_not_allowed", reply.code());
                    assertFalse(reply.header("Allow").isEmpty());
                  }
                }));
  }

  @Test
  void aKeyInTheAddressIsNoKey() {
    var reply = portal.send(portal.request("/api/keys?key=" + portal.adminKey()).GET());

    assertEquals(401, reply.status());
    assertFalse(reply.text().contains(portal.adminKey()));
  }

  @Test
  void aKeyInBasicAuthorizationIsNoKey() {
    var basic =
        java.util.Base64.getEncoder()
            .encodeToString(
                (portal.adminKey() + ":").getBytes(java.nio.charset.StandardCharsets.UTF_8));

    var reply =
        portal.send(portal.request("/api/keys").header("Authorization", "Basic " + basic).GET());

    assertEquals(401, reply.status());
  }

  @Test
  void aRevokedKeyIsRefusedAtOnce() {
    var second = portal.key(TestPortal.WORKSPACE, KeyRole.ADMIN);
    assertEquals(200, with(second, "/api/keys").status());

    assertEquals(200, portal.delete("/api/keys/" + second.substring(3, 11)).status());

    assertEquals(401, with(second, "/api/keys").status());
  }

  @Test
  void beforeTheKeysAreReadAnUnknownKeyIsAskedToComeBack() {
    portal.node().become(new Readiness.NotReady("restoring", OptionalInt.of(43)));

    var reply = with(UNKNOWN_KEY, "/api/keys");

    assertEquals(503, reply.status());
    assertEquals("1", reply.header("Retry-After"));
    assertEquals("starting", reply.code());
  }

  @TestFactory
  Stream<DynamicTest> bodiesThatAreNotJsonAreRefused() {
    return Stream.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "")
        .map(type ->
            DynamicTest.dynamicTest(
                "\"" + type + "\"",
                () -> {
                  var request =
                      authorized("/api/keys").POST(BodyPublishers.ofString("{\"role\":\"write\"}"));
                  if (!type.isEmpty()) {
                    request.header("Content-Type", type);
                  }

                  var reply = portal.send(request);

                  assertEquals(415, reply.status());
                  assertEquals("unsupported_media_type", reply.code());
                }));
  }

  @Test
  void compressedBodiesAreRefused() {
    var reply =
        portal.send(
            authorized("/api/keys")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("{}")));

    assertEquals(415, reply.status());
  }

  @Test
  void aBodyBeyondTheLimitIsRefusedWithoutBeingRead() {
    var reply =
        portal.send(
            authorized("/api/definitions/apply")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024])));

    assertEquals(413, reply.status());
    assertEquals("too_large", reply.code());
  }

  @Test
  void aMisspeltFilterIsRefusedAndNotIgnored() {
    var reply = portal.get("/api/definitions?knid=journey");

    assertEquals(400, reply.status());
    assertEquals("unknown_parameter", reply.code());
    assertTrue(reply.at("detail").shown().contains("kind"));
  }

  @Test
  void aPathThatIsNotThereIsAProblemToo() {
    var reply = portal.get("/api/nothing");

    assertEquals(404, reply.status());
    assertEquals("application/problem+json", reply.header("Content-Type"));
    assertEquals(Value.of(404), reply.at("status"));
  }

  @TestFactory
  Stream<DynamicTest> everyAnswerTellsBrowsersToKeepOut() {
    return Stream.of("/", "/health", "/ready", "/metrics", "/api/keys", "/api/nothing")
        .map(path ->
            DynamicTest.dynamicTest(
                path,
                () -> {
                  var reply = portal.send(portal.request(path).GET());

                  assertEquals("nosniff", reply.header("X-Content-Type-Options"));
                  assertEquals("no-store", reply.header("Cache-Control"));
                  assertEquals("no-referrer", reply.header("Referrer-Policy"));
                  assertTrue(
                      reply.header("Content-Security-Policy").startsWith("default-src 'none'"));
                }));
  }

  private void assertRefused(int status, String code, Endpoint endpoint, @Nullable String key) {
    var request =
        portal
            .request(filled(endpoint.path()))
            .header("Content-Type", "application/json")
            .method(endpoint.method().name(), BodyPublishers.ofString("{}"));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }

    var reply = portal.send(request);

    assertEquals(status, reply.status(), name(endpoint));
    assertEquals(code, reply.code(), name(endpoint));
    assertTrue(key == null || key.isEmpty() || !reply.text().contains(key));
  }

  private TestPortal.Reply with(String key, String path) {
    return portal.send(portal.request(path).header("Authorization", "Bearer " + key).GET());
  }

  private HttpRequest.Builder authorized(String path) {
    return portal.request(path).header("Authorization", "Bearer " + portal.adminKey());
  }

  private Stream<Endpoint> guarded() {
    return portal.portal().endpoints().stream()
        .filter(endpoint -> endpoint.access() == Access.ADMIN);
  }

  private static String name(Endpoint endpoint) {
    return endpoint.method() + " " + endpoint.path();
  }

  private static String filled(String path) {
    return path.replace("{kind}", "journey").replaceAll("\\{\\w+}", "x");
  }
}
