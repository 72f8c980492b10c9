package dev.earshot.gateway.segment;

import dev.earshot.event.JsonWriter;
import dev.earshot.gateway.key.Key;
import org.jspecify.annotations.Nullable;

/** What browser clients fetch before their first event: where to send, and nothing to load. */
public final class ClientSettings {

  private ClientSettings() {}

  /**
   * For the Segment browser client.
   *
   * @param host and port of this server as the page sees it
   * @param protocol the scheme to send by, when it is not https
   */
  public static byte[] segment(String writeKey, String host, @Nullable String protocol) {
    var writer = new JsonWriter(768).open().name("integrations").open().name("Segment.io").open();
    writer.member("apiKey", writeKey).member("apiHost", host + "/v1").member("protocol", protocol);
    writer.name("bundledConfigIds").openItems().closeItems();
    writer.name("unbundledIntegrations").openItems().closeItems();
    writer.name("addBundledMetadata").truth(true).name("versionSettings").open();
    writer.member("version", "4.4.7").name("componentTypes").openItems().text("browser");
    writer.closeItems().close().close().close();
    plan(writer);
    writer.name("edgeFunction").open().close().name("analyticsNextEnabled").truth(true);
    writer.name("middlewareSettings").open().close().name("enabledMiddleware").open().close();
    writer.name("metrics").open().member("sampleRate", 0).close();
    writer.name("legacyVideoPluginsEnabled").truth(false);
    writer.name("remotePlugins").openItems().closeItems();
    return writer.close().bytes();
  }

  private static void plan(JsonWriter writer) {
    writer.name("plan").open();
    for (var call : new String[] {"track", "identify", "group"}) {
      writer.name(call).open().name("__default").open().name("enabled").truth(true);
      writer.close().close();
    }
    writer.close();
  }

  /** For the RudderStack browser client. */
  public static byte[] rudderStack(Key key) {
    var writer = new JsonWriter(512).open().name("isHosted").truth(true).name("source").open();
    writer.member("id", key.id()).member("name", key.id());
    writer.name("enabled").truth(true).member("workspaceId", key.workspace());
    writer.name("config").open().name("statsCollection").open();
    for (var statistics : new String[] {"errors", "metrics"}) {
      writer.name(statistics).open().name("enabled").truth(false).close();
    }
    writer.close().close();
    writer.name("connections").openItems().closeItems();
    writer.name("destinations").openItems().closeItems().close();
    writer.member("updatedAt", "2026-01-01T00:00:00.000Z");
    return writer.name("consentManagementMetadata").open().close().close().bytes();
  }
}
