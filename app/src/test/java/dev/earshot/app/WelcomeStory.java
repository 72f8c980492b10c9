package dev.earshot.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;

/** Who signs up is mailed a welcome, every time; and Ada does. */
final class WelcomeStory {

  private static final String DEFINITIONS =
      """
      kind: template
      id: welcome
      channel: email
      subject: Welcome {{ user.name }}
      text: "Good that you are here."
      ---
      kind: journey
      id: welcome
      trigger: {event: Signed Up}
      steps:
        - send: {channel: email, template: welcome}
      reentry: always
      """;

  private WelcomeStory() {}

  static void meet(Visitor visitor) throws IOException, InterruptedException {
    visitor.apply(DEFINITIONS);
    visitor.send(
        "identify",
        "{\"userId\": \"ada\", \"traits\": {\"name\": \"Ada\", \"email\": \"ada@example.com\"}}");
  }

  static void signUp(Visitor visitor) throws IOException, InterruptedException {
    assertEquals(200, visitor.send("track", "{\"userId\": \"ada\", \"event\": \"Signed Up\"}"));
  }
}
