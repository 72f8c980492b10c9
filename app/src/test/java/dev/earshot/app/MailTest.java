package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail of a real process through a mail server: sent, refused, sent again, unsubscribed from. */
class MailTest {

  private static final String UNSUBSCRIBED = "unsubscribed";

  @TempDir private Path folder;

  @Test
  void whoUnsubscribesByTheLinkOfAMailGetsNoMoreUntilTheyWantTo() throws Exception {
    try (var mails = MailServer.start();
        var server = Server.start(folder.resolve("data"), settings(mails)).awaitReady();
        var visitor = Visitor.of(server, folder.resolve("data"))) {
      WelcomeStory.meet(visitor);
      WelcomeStory.signUp(visitor);
      var link = link(mails.await(1));

      assertTrue(visitor.look(link).contains("<form method=\"post\">"));
      WelcomeStory.signUp(visitor);
      assertEquals(link, link(mails.await(2)), "looking at the link changes nothing");

      assertEquals(200, visitor.click(link));
      WelcomeStory.signUp(visitor);
      visitor.awaitDecision("ada", "suppressed", UNSUBSCRIBED);
      assertEquals(2, mails.count());

      visitor.send("identify", "{\"userId\": \"ada\", \"traits\": {\"unsubscribed\": false}}");
      WelcomeStory.signUp(visitor);
      mails.await(3);
      assertEquals(0, server.terminate());
    }
  }

  @Test
  void aMailThatIsRefusedIsDeadAndGoesOutUnderTheSameIdWhenItIsRedriven() throws Exception {
    try (var mails = MailServer.start();
        var server = Server.start(folder.resolve("data"), mails.settings()).awaitReady();
        var visitor = Visitor.of(server, folder.resolve("data"))) {
      mails.answer("554 5.7.1 we do not know you");
      WelcomeStory.meet(visitor);
      WelcomeStory.signUp(visitor);
      var refused = mails.await(1);
      var dead = visitor.awaitDead();
      assertTrue(dead.get("reason").shown().startsWith("smtp_554"), dead::toString);
      var id = dead.get("id").shown();

      mails.answer("250 kept");
      visitor.redrive(id);

      var accepted = mails.await(2);
      for (var mail : new String[] {refused, accepted}) {
        assertEquals("<" + id + "@acme.example>", MailServer.header(mail, "Message-ID"));
        assertEquals("", MailServer.header(mail, "List-Unsubscribe"), "there is no public-url");
      }
      assertTrue(server.out().contains("no unsubscribe links, since public-url is not set"));
      assertEquals(0, server.terminate());
    }
  }

  private static Map<String, String> settings(MailServer mails) {
    var settings = new HashMap<>(mails.settings());
    settings.put("EARSHOT_PUBLIC_URL", "https://acme.example/mail/");
    return settings;
  }

  /** Where the link of a mail leads on the server, behind what stands before it in the world. */
  private static String link(String mail) {
    var link = MailServer.header(mail, "List-Unsubscribe");
    assertTrue(link.matches("<https://acme\\.example/mail/u/[\\w-]+>"), link);
    assertEquals("List-Unsubscribe=One-Click", MailServer.header(mail, "List-Unsubscribe-Post"));
    return MailServer.link(mail).substring("/mail".length());
  }
}
