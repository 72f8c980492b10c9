package dev.earshot.bench.proof;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** What a proof publishes: its journeys, and where their messages go. */
final class Published {

  /** What nobody waits for, and what sends some time later. */
  static final String PASSED = "Prove Passed";

  static final String LATER = "Prove Later";

  private Published() {}

  /** The event that sends a message to that destination. */
  static String event(Destination to) {
    return "Prove " + to.word();
  }

  /** A journey of one message to each destination, and one that waits before it sends. */
  static Map<String, String> webhooks(Map<Destination, URI> webhooks, String run) {
    var files = new HashMap<String, String>();
    webhooks.forEach(
        (to, url) -> files.put("to-" + to.word() + ".yaml", destination(to, url, run)));
    webhooks
        .keySet()
        .forEach(to -> {
          var template = to == Destination.SLACK ? ", template: prove-slack" : "";
          var send = "{channel: webhook, destination: %s%s}".formatted(id(to, run), template);
          files.put(to.word() + ".yaml", journey(to, send));
        });
    files.put(
        "later.yaml",
        """
        kind: journey
        id: prove-later
        trigger: {event: %s}
        steps:
          - wait: %ds
          - send: {channel: webhook, destination: %s}
        """
            .formatted(LATER, Evidence.PATIENCE.toSeconds(), id(Destination.PLAIN, run)));
    files.put(
        "slack-text.yaml",
        """
        kind: template
        id: prove-slack
        channel: webhook
        body: '{"text": "{{ event.proof }}"}'
        """);
    return files;
  }

  /** A journey of one mail. */
  static Map<String, String> mail() {
    return Map.of(
        "mail.yaml",
        journey(Destination.MAIL, "{channel: email, template: prove-mail}"),
        "mail-text.yaml",
        """
        kind: template
        id: prove-mail
        channel: email
        to: proof@earshot.invalid
        subject: '{{ event.proof }}'
        text: You asked for a proof.
        """);
  }

  static String id(Destination to, String run) {
    return "prove-%s-%s".formatted(to.word(), run);
  }

  private static String destination(Destination to, URI url, String run) {
    return """
    kind: destination
    id: %s
    channel: webhook
    url: %s
    retry: {first: 1s, ceiling: 2s, attempts: %d}
    """
        .formatted(id(to, run), url, to.end() == Destination.End.DEAD ? 2 : 50);
  }

  private static String journey(Destination to, String send) {
    return """
    kind: journey
    id: prove-%s
    trigger: {event: %s}
    steps:
      - send: %s
    reentry: always
    """
        .formatted(to.word(), event(to), send);
  }
}
