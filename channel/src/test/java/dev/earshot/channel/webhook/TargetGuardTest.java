package dev.earshot.channel.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.earshot.channel.webhook.TargetGuard.Verdict;
import dev.earshot.channel.webhook.TargetGuard.Verdict.Forbidden;
import dev.earshot.channel.webhook.TargetGuard.Verdict.Open;
import dev.earshot.channel.webhook.TargetGuard.Verdict.Unresolved;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 30 of the security checklist: what is asked for, and what it means. */
class TargetGuardTest {

  private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.215.14");
  private static final List<InetAddress> OK =
      List.of(PUBLIC, InetAddress.ofLiteral("2606:2800:21f:cb07::1"));
  private static final Map<String, List<InetAddress>> NAMES =
      Map.of(
          "ok.example", OK,
          "localhost", List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")),
          "mixed.example", List.of(PUBLIC, InetAddress.ofLiteral("10.0.0.5")),
          "inside.example", List.of(InetAddress.ofLiteral("192.168.1.7")));

  private final TargetGuard guard = guard(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.0.0.01/",
        "https://127.0.0.1./",
        "https://localhost./",
        "https://ok.example./",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[127.0.0.1]/",
        "https://u@ok.example/",
        "https://u:p@ok.example/",
        "http://u@127.0.0.1#@ok.example/",
        "https://ok.example#@127.0.0.1/",
        "https://ok.example\\@127.0.0.1/",
        "https://127.0.0.1\\.ok.example/",
        "https://ok.example:443:80/",
        "https://ok.example:0/",
        "https://ok.example:65536/",
        "https://ok.example:-1/",
        "https://ⓞⓚ.example/",
        "https://ok。example/",
        "https://１２７.0.0.1/",
        "https://ok.example/a b",
        "https://ok.example/\r\nHost: inside.example",
        "https://ok.example/\u0000",
        "https:///ok.example/",
        "https:ok.example",
        "//ok.example/",
        "HTTPS://ok.example/",
        "https://OK.example/",
        "https://-ok.example/",
        "https://ok..example/",
        "https://ok_.example/",
        "https://",
        "",
        "file:///etc/passwd",
        "gopher://ok.example/",
        "jar:https://ok.example/!/",
        "ftp://ok.example/",
        "unix:/var/run/docker.sock",
        "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
        "dict://ok.example/",
        "data:text/plain,x",
        "javascript:alert(1)",
      })
  void aUrlThatTwoProgramsCouldReadDifferentlyIsNone(String url) {
    assertEquals(Optional.empty(), WebhookUrl.parse(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.10",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::]",
        "[2001::1]",
        "[2001:db8::1]",
        "[fd00:ec2::254]",
        "[fc00::1]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[100::1]",
        "[3fff::1]",
        "localhost",
        "mixed.example",
        "inside.example",
      })
  void anAddressThatIsNotPublicIsForbiddenWhateverItsForm(String host) throws Exception {
    assertInstanceOf(Forbidden.class, judge(guard, "https://" + host + "/"));
  }

  @Test
  void aPublicTargetIsOpenWithExactlyTheAddressesThatWereJudged() throws Exception {
    var open = new Open(OK);

    assertEquals(open, judge(guard, "https://ok.example/hooks?x=1"));
    assertEquals(open, judge(guard, "https://ok.example:8443/"));
    assertEquals(open, judge(guard, "https://ok.example:80/"));
    assertEquals(new Open(List.of(PUBLIC)), judge(guard, "https://93.184.215.14"));
  }

  @Test
  void aPublicTargetIsReachedOverHttpsAndOnUsualPortsOnly() throws Exception {
    assertInstanceOf(Forbidden.class, judge(guard, "http://ok.example/"));
    assertInstanceOf(Forbidden.class, judge(guard, "https://ok.example:9092/"));
    assertInstanceOf(Forbidden.class, judge(guard, "https://ok.example:22/"));
  }

  @Test
  void thisMachineIsForbiddenUnderAnyOfItsAddresses() throws Exception {
    var own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .map(InetAddress::getHostAddress)
            .filter(address -> !address.contains("%"))
            .map(address -> address.contains(":") ? "[" + address + "]" : address)
            .toList();

    for (var address : own) {
      assertInstanceOf(Forbidden.class, judge(guard, "https://" + address + "/"), address);
    }
  }

  @Test
  void anAllowedBlockOpensItsAddressesWithEveryPortAndPlainHttp() throws Exception {
    var open = guard(List.of(Cidr.of("192.168.0.0/16"), Cidr.of("::1/128")));

    assertInstanceOf(Open.class, judge(open, "http://inside.example:9000/"));
    assertInstanceOf(Open.class, judge(open, "http://[::1]:9000/"));
    assertInstanceOf(Forbidden.class, judge(open, "http://10.0.0.1:9000/"));
    assertInstanceOf(Forbidden.class, judge(open, "http://ok.example:9000/"));
    assertInstanceOf(Forbidden.class, judge(open, "https://mixed.example/"));
  }

  @Test
  void aNameWithoutAnAddressIsNotForbiddenButUnresolved() throws Exception {
    assertEquals(
        new Unresolved("no address for nowhere.example", false),
        judge(guard, "https://nowhere.example/"));
    assertEquals(
        new Unresolved("no address for slow.example in time", true),
        judge(guard, "https://slow.example/"));
  }

  @Test
  void aBlockIsAnAddressAndHowManyBitsOfItCount() {
    for (var malformed :
        List.of("10.0.0.0", "10.0.0.0/33", "::/129", "10.0/8", "a/8", "10.0.0.0/-1")) {
      assertEquals(Optional.empty(), Cidr.parse(malformed).map(_ -> malformed));
    }
    assertEquals(
        List.of(true, false, false),
        Stream.of("10.1.2.255", "10.1.3.0", "::ffff")
            .map(it -> Cidr.of("10.1.2.0/24").contains(InetAddress.ofLiteral(it)))
            .toList());
  }

  private static TargetGuard guard(List<Cidr> allowed) {
    return new TargetGuard(
        allowed,
        (host, _) -> {
          if (host.equals("slow.example")) {
            throw new TimeoutException();
          }
          return NAMES.getOrDefault(host, List.of());
        });
  }

  private static Verdict judge(TargetGuard guard, String url) throws InterruptedException {
    return guard.judge(WebhookUrl.parse(url).orElseThrow(), Duration.ofSeconds(1));
  }
}
