package dev.earshot.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Json;
import dev.earshot.portal.TestPortal.Reply;
import dev.earshot.portal.status.Readiness;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusTest {

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
  void healthSaysOnlyThatTheProcessLives() {
    assertEquals("{\"status\":\"alive\",\"durability\":\"os\"}", anonymous("/health").text());
  }

  @Test
  void aClockThatIsNotTrustedIsSaidWhereverPeopleLook() {
    portal.node().mistrustClock("The clock jumped.");

    assertEquals("The clock jumped.", anonymous("/health").at("clock").shown());
    assertEquals("The clock jumped.", portal.get("/api/status").at("clock").shown());
    assertTrue(anonymous("/").text().contains("Clock</th><td>The clock jumped.</td>"));
  }

  @Test
  void readinessSaysHowFarItIs() {
    portal.node().become(new Readiness.NotReady("restoring", OptionalInt.of(43)));

    var reply = anonymous("/ready");

    assertEquals(503, reply.status());
    assertEquals("restoring 43 %", reply.at("detail").shown());
    assertEquals("1", reply.header("Retry-After"));
    portal.node().become(new Readiness.Ready());
    assertEquals("{\"status\":\"ready\"}", anonymous("/ready").text());
  }

  @Test
  void metricsNeedAnAdminKeyOnLoopbackToo() {
    assertEquals(401, anonymous("/metrics").status());

    var reply = portal.get("/metrics");

    assertEquals("events_total 1\n", reply.text());
    assertTrue(reply.header("Content-Type").startsWith("text/plain; version=0.0.4"));
  }

  @Test
  void statusTellsAdministratorsEverything() {
    assertEquals(
        Json.parse(
            """
            {"node": "node-1", "version": "0.1.0", "url": "http://127.0.0.1:8080",
             "startedAt": "2026-11-20T12:00:00.000Z", "ready": true, "state": "ready",
             "durability": "os", "broker": "embedded", "mail": "mailbox", "unsubscribeLinks": false,
             "lagSeconds": 0.02,
             "disk": {"freeBytes": 50, "totalBytes": 100, "reserveBytes": 10},
             "partitions": [{"partition": 0, "state": "running", "endOffset": 1200, "lag": 3}],
             "counts": {"Events accepted": 1234}}
            """),
        portal.get("/api/status").json());
  }

  @Test
  void thePageShowsWhatRunsHereWithoutScriptsOrOtherFiles() {
    var page = anonymous("/");

    assertEquals("text/html; charset=utf-8", page.header("Content-Type"));
    assertTrue(page.text().contains("Events accepted</th><td>1,234</td>"), page.text());
    assertTrue(page.text().contains("survives kill -9"));
    assertTrue(page.text().contains("curl -u YOUR_WRITE_KEY: http://127.0.0.1:8080/v1/track"));
    assertFalse(page.text().contains("<script"));
    assertFalse(page.text().contains("src="));
    assertFalse(page.text().contains("0.1.0"), "strangers learn no version");
  }

  @Test
  void whatIsShownOnThePageIsText() {
    portal.node().rename("<img src=x onerror='alert(1)'>\"&");

    var page = anonymous("/");

    assertFalse(page.text().contains("<img"));
    assertTrue(
        page.text().contains("&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&quot;&amp;"),
        page.text());
  }

  @Test
  void thePolicyOfThePageAllowsItsOwnStyleAndNothingElse() throws Exception {
    var page = anonymous("/");

    var text = page.text();
    var style = text.substring(text.indexOf("<style>") + 7, text.indexOf("</style>"));
    var digest =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(digest)
            + "'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        page.header("Content-Security-Policy"));
  }

  private Reply anonymous(String path) {
    return portal.send(portal.request(path).GET());
  }
}
