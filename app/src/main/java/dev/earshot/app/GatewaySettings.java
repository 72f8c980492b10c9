package dev.earshot.app;

import dev.earshot.app.configuration.Configuration;
import dev.earshot.gateway.GatewayConfig;
import dev.earshot.gateway.key.Pace;
import dev.earshot.gateway.key.Quota;
import dev.earshot.gateway.request.Deadlines;
import dev.earshot.gateway.request.Limits;

/** The configuration in the gateway's own words. */
final class GatewaySettings {

  /** CloudEvents must be let through up to 64 KiB, whatever the limit for others is. */
  private static final int CLOUD_EVENT_BYTES_MIN = 64 * 1024;

  private GatewaySettings() {}

  static GatewayConfig of(Configuration configuration) {
    return new GatewayConfig(
        limits(configuration.limits()),
        Deadlines.STANDARD,
        quota(configuration.workspaceQuota()),
        quota(configuration.keyQuota()),
        quota(configuration.browserQuota()),
        Pace.STANDARD,
        configuration.server().trustedProxies(),
        durability(configuration));
  }

  /** What a 2xx promises: of an external cluster only its owner knows. */
  static String durability(Configuration configuration) {
    return configuration.kafka().embedded()
        ? configuration.storage().durability().word()
        : "cluster";
  }

  private static Limits limits(Configuration.Limits limits) {
    return new Limits(
        limits.requestBytes(),
        limits.eventBytes(),
        Math.max(limits.eventBytes(), CLOUD_EVENT_BYTES_MIN),
        limits.batchEvents(),
        Limits.STANDARD.bytesInWorkMax(),
        limits.connections(),
        limits.connectionsPerAddress());
  }

  private static Quota quota(Configuration.Quota quota) {
    return new Quota(quota.eventsPerSecond(), quota.burst());
  }
}
