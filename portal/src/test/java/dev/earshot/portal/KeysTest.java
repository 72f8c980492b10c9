package dev.earshot.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.portal.TestPortal.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysTest {

  private TestPortal portal;

  @BeforeEach
  void start() {
    portal = new TestPortal();
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @Test
  void aNewKeyIsShownOnceAndWorksAtOnce() {
    var reply = create("{\"role\":\"admin\"}");

    assertEquals(201, reply.status());
    var secret = reply.at("key").shown();
    assertTrue(secret.matches("sk_[0-9A-Za-z]{32}"), secret);
    assertEquals(secret.substring(3, 11), reply.at("id").shown());
    assertEquals(secret.substring(31), reply.at("last4").shown());
    var list =
        portal.send(portal.request("/api/keys").header("Authorization", "Bearer " + secret).GET());
    assertEquals(200, list.status());
    assertTrue(list.text().contains(reply.at("id").shown()));
    assertFalse(list.text().contains(secret));
  }

  @Test
  void onlyTheHashOfAKeyIsKept() {
    var secret = create("{\"role\":\"server\"}").at("key").shown();
    assertTrue(secret.startsWith("sk_"), secret);

    for (var definition : portal.definitions().all()) {
      assertFalse(definition.toString().contains(secret));
      assertEquals(64, definition.body().get("hash").shown().length());
    }
  }

  @Test
  void aKeyKeepsTheOriginsItIsFor() {
    var reply =
        create(
            "{\"role\":\"write\",\"origins\":[\"https://a.example\",\"https://*.b.example:8443\"]}");

    assertEquals(201, reply.status());
    assertEquals(
        Json.parse("[\"https://a.example\",\"https://*.b.example:8443\"]"), reply.at("origins"));
  }

  @Test
  void wrongRequestsForAKeyAreExplained() {
    assertEquals("bad_member", create("{}").code());
    assertEquals("bad_member", create("{\"role\":\"root\"}").code());
    assertEquals("bad_member", create("{\"role\":\"write\",\"origins\":\"x\"}").code());
    assertEquals("bad_member", create("{\"role\":\"write\",\"origins\":[\"x\"]}").code());
    assertEquals(
        "bad_member", create("{\"role\":\"write\",\"origins\":[\"https://a.example/\"]}").code());
    assertEquals(
        "bad_member", create("{\"role\":\"write\",\"origins\":[\"javascript:x\"]}").code());
    assertEquals("unknown_member", create("{\"role\":\"write\",\"workspace\":\"other\"}").code());
  }

  @Test
  void aRevokedKeyIsGoneAndCannotBeRevokedAgain() {
    var id = portal.writeKey().substring(3, 11);

    assertEquals(Value.of(true), portal.delete("/api/keys/" + id).at("revoked"));

    assertEquals(404, portal.delete("/api/keys/" + id).status());
    assertFalse(portal.get("/api/keys").text().contains(id));
  }

  @Test
  void theLastAdminKeyStays() {
    var reply = portal.delete("/api/keys/" + portal.adminKey().substring(3, 11));

    assertEquals(409, reply.status());
    assertEquals("last_admin_key", reply.code());
    assertEquals(200, portal.get("/api/keys").status());
  }

  private Reply create(String request) {
    return portal.post("/api/keys", Json.parse(request));
  }
}
