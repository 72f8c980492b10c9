package dev.earshot.gateway.request;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxies that are believed when they say for whom they speak; nobody else is. */
public final class TrustedProxies {

  private final List<Network> networks;

  /**
   * @param networks addresses or networks: {@code 10.0.0.0/8}, {@code ::1}
   */
  public TrustedProxies(List<String> networks) {
    this.networks = networks.stream().map(Network::parse).toList();
  }

  /** The client's address: the last in the chain that is not one of the proxies. */
  String client(String peer, @Nullable String forwardedFor) {
    if (forwardedFor == null || networks.isEmpty() || !trusts(peer)) {
      return peer;
    }
    var chain = forwardedFor.split(",", -1);
    var client = peer;
    for (int at = chain.length - 1; at >= 0; at--) {
      var hop = chain[at].strip();
      if (!isAddress(hop)) {
        return client;
      }
      client = hop;
      if (!trusts(hop)) {
        return client;
      }
    }
    return client;
  }

  boolean trusts(String address) {
    if (networks.isEmpty() || !isAddress(address)) {
      return false;
    }
    var bytes = InetAddress.ofLiteral(address).getAddress();
    return networks.stream().anyMatch(network -> network.holds(bytes));
  }

  private static boolean isAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private record Network(List<Byte> prefix, int bits) {

    static Network parse(String text) {
      int slash = text.indexOf('/');
      var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
      int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > address.length * 8) {
        throw new IllegalArgumentException("no network: " + text);
      }
      var prefix = new java.util.ArrayList<Byte>();
      for (byte b : address) {
        prefix.add(b);
      }
      return new Network(List.copyOf(prefix), bits);
    }

    boolean holds(byte[] address) {
      if (address.length != prefix.size()) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (prefix.get(bit / 8) & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
