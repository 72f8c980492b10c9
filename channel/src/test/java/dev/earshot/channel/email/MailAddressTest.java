package dev.earshot.channel.email;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

  @Test
  void anAddressMayHaveAName() {
    assertEquals(
        Optional.of(new MailAddress("Ada L.", "ada+news@mail.example.com")),
        MailAddress.parse(" Ada L. <ada+news@mail.example.com> "));
    assertEquals(
        Optional.of(new MailAddress("", "a.b@localhost")), MailAddress.parse("a.b@localhost"));
  }

  @Test
  void aForeignDomainIsShownForWhatItIs() {
    assertEquals(
        Optional.of(new MailAddress("", "ada@xn--exmple-cua.com")),
        MailAddress.parse("ada@exämple.com"));
    assertEquals(
        Optional.of(new MailAddress("", "ada@xn--pple-43d.com")),
        MailAddress.parse("ada@\u0430pple.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@example.com, eve@example.com",
        "ada@example.com;eve@example.com",
        "ada@example.com eve@example.com",
        "<ada@example.com>,<eve@example.com>",
        "Ada <ada@example.com> <eve@example.com>",
        "ada@example.com\r\nBcc: eve@example.com",
        "Ada\r\nBcc: eve@example.com <ada@example.com>",
        "ada\n@example.com",
        "ada@exam ple.com",
        "ada@example..com",
        "ada@-example.com",
        "ada@127.0.0.1",
        "ada@[127.0.0.1]",
        "ada..b@example.com",
        "\"ada b\"@example.com",
        "Ada, Eve <ada@example.com>",
        "\"Ada\" <ada@example.com>",
        "ada@example.com@evil.example",
        "ada%00@example.com\u0000",
        "Ädä@example.com",
      })
  void whatIsNotExactlyOneAddressIsNone(String text) {
    assertEquals(Optional.empty(), MailAddress.parse(text));
  }
}
