package dev.earshot.gateway;

import dev.earshot.gateway.key.Pace;
import dev.earshot.gateway.key.Quota;
import dev.earshot.gateway.request.Deadlines;
import dev.earshot.gateway.request.Limits;
import java.util.List;

/**
 * How the gateway is set up.
 *
 * @param workspaceQuota what all keys of a workspace may send together
 * @param keyQuota what each write key may send
 * @param browserQuota what each address may send through one key from browsers
 * @param refusals how fast those are told who exceed a quota
 * @param trustedProxies addresses and networks whose {@code X-Forwarded-For} is believed
 * @param durability what an answer promises: {@code os} or {@code fsync}
 */
public record GatewayConfig(
    Limits limits,
    Deadlines deadlines,
    Quota workspaceQuota,
    Quota keyQuota,
    Quota browserQuota,
    Pace refusals,
    List<String> trustedProxies,
    String durability) {

  public static final GatewayConfig STANDARD =
      new GatewayConfig(
          Limits.STANDARD,
          Deadlines.STANDARD,
          new Quota(1_000_000, 2_000_000),
          new Quota(1_000_000, 2_000_000),
          new Quota(100, 5_000),
          Pace.STANDARD,
          List.of(),
          "os");

  public GatewayConfig {
    trustedProxies = List.copyOf(trustedProxies);
  }
}
