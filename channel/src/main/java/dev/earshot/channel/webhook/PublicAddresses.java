package dev.earshot.channel.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/** Tells the addresses of the open internet from those within a machine, a network or a cloud. */
final class PublicAddresses {

  private static final List<Cidr> NOT_PUBLIC_4 =
      blocks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8",
          "100.64.0.0/10", // carriers, and the metadata of some clouds
          "127.0.0.0/8",
          "168.63.129.16/32", // the inside of Azure
          "169.254.0.0/16", // link-local, and the metadata of most clouds
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24", // relays of 6to4
          "192.168.0.0/16",
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  /** All of IPv6 that is given out; the rest is local, multicast, or wraps an IPv4 address. */
  private static final Cidr PUBLIC_6 = Cidr.of("2000::/3");

  private static final List<Cidr> NOT_PUBLIC_6 =
      blocks(
          "2001::/23", // Teredo and its kin, which wrap other addresses
          "2001:db8::/32",
          "2002::/16", // 6to4, which wraps an IPv4 address
          "3fff::/20");

  private PublicAddresses() {}

  static boolean contains(InetAddress address) {
    if (address instanceof Inet4Address) {
      return NOT_PUBLIC_4.stream().noneMatch(block -> block.contains(address));
    }
    return PUBLIC_6.contains(address)
        && NOT_PUBLIC_6.stream().noneMatch(block -> block.contains(address));
  }

  /** Whether it is this machine's own, however public. */
  static boolean isOurs(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }

  private static List<Cidr> blocks(String... blocks) {
    return Stream.of(blocks).map(Cidr::of).toList();
  }
}
