package dev.earshot.gateway.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {

  private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/9", "::1"));

  @Test
  void theClientIsTheLastThatIsNoProxy() {
    assertEquals("203.0.113.9", proxies.client("10.1.2.3", "127.0.0.1, 203.0.113.9, 10.127.0.1"));
    assertEquals("2001:db8::1", proxies.client("::1", "2001:db8::1"));
    assertEquals("10.2.0.1", proxies.client("10.1.2.3", "10.2.0.1"));
  }

  @Test
  void aStrangerSpeaksForItselfOnly() {
    assertEquals("198.51.100.7", proxies.client("198.51.100.7", "127.0.0.1"));
    assertEquals("10.128.0.1", proxies.client("10.128.0.1", "127.0.0.1"));
  }

  @Test
  void whatIsNoAddressEndsTheChain() {
    assertEquals("10.1.2.3", proxies.client("10.1.2.3", "203.0.113.9, unknown"));
    assertEquals("10.1.2.3", proxies.client("10.1.2.3", null));
  }

  @Test
  void aNetworkThatIsNoneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TrustedProxies(List.of("10.0.0.0/33")));
    assertThrows(IllegalArgumentException.class, () -> new TrustedProxies(List.of("localhost")));
  }
}
