package dev.earshot.portal.status;

import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.Sha256;
import dev.earshot.portal.http.Answer;
import dev.earshot.portal.http.Call;
import dev.earshot.portal.http.Endpoint;
import dev.earshot.stream.DefinitionStore;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page at the root: what runs here, whether it is well, and how to send the first event. It
 * needs no script and no other file, and shows nothing of any person.
 */
public final class FrontPage {

  /** Strangers may ask as often as they like; the node is asked this often at most. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c1f23; --soft: #5c6570; --line: #e4e7eb;
        --paper: #fff; --panel: #f5f6f8; --good: #1a7f37; --bad: #b35900; --link: #0b57d0; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e7e9ec; --soft: #99a3ae; --line: #2b3037;
        --paper: #14171a; --panel: #1d2125; --good: #4ac26b; --bad: #f0a04b; --link: #8ab4f8; } }
      body { max-width: 44rem; margin: 0 auto; padding: 3.5rem 1.25rem 4rem; color: var(--ink);
        background: var(--paper); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Arial, sans-serif; }
      header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1rem; }
      h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; letter-spacing: -.02em; }
      h2 { margin: 2.75rem 0 .5rem; font-size: 1rem; }
      p { margin: .35rem 0 .75rem; color: var(--soft); }
      .state { color: var(--bad); }
      .state::before { content: ""; display: inline-block; width: .55em; height: .55em;
        margin-right: .45em; border-radius: 50%; background: currentColor; }
      .state.ready { color: var(--good); }
      table { width: 100%; border-collapse: collapse; border-top: 1px solid var(--line); }
      th, td { padding: .45rem 0; border-bottom: 1px solid var(--line); text-align: left;
        vertical-align: top; font-weight: normal; }
      th { width: 14rem; padding-right: 1rem; color: var(--soft); }
      td { font-variant-numeric: tabular-nums; }
      pre { margin: 0; padding: .9rem 1rem; overflow-x: auto; border: 1px solid var(--line);
        border-radius: .4rem; background: var(--panel); font-size: .85rem; user-select: all; }
      pre, code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
      code { font-size: .9em; }
      a { color: var(--link); }
      @media (max-width: 32rem) { th, td { display: block; width: auto; }
        th { padding-bottom: 0; border-bottom: 0; } td { padding-top: 0; } }
      """;

  private static final String MAILBOX = "the built-in mailbox: no SMTP server is configured";

  private static final String POLICY =
      "default-src 'none'; style-src '"
          + hash(STYLE)
          + "'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Node node;
  private final DefinitionStore store;
  private final InstantSource clock;
  private volatile @Nullable Rendered latest;

  public FrontPage(Node node, DefinitionStore store, InstantSource clock) {
    this.node = node;
    this.store = store;
    this.clock = clock;
  }

  private record Rendered(String html, Instant at) {}

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.open("/", this::answer));
  }

  private Answer answer(Call call) {
    var now = clock.instant();
    var page = latest;
    if (page == null || page.at().plus(FRESH).isBefore(now)) {
      page = new Rendered(render(now), now);
      latest = page;
    }
    return new Answer.Whole(
        200,
        "text/html; charset=utf-8",
        Buffer.buffer(page.html()),
        Map.of("Content-Security-Policy", POLICY));
  }

  private String render(Instant now) {
    var readiness = node.readiness();
    var status = node.status();
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Earshot</title>
    <link rel="icon" href="data:,">
    <style>%s</style>
    </head>
    <body>
    <header><h1>Earshot</h1><span class="state%s">%s</span></header>
    <p>Hears every event a product emits, and acts on it at the moment it matters.</p>
    <h2>What runs here</h2>
    <table>%s</table>
    <h2>What it knows</h2>
    <table>%s</table>
    <h2>Send a first event</h2>
    <p>With the write key that was printed at the first start:</p>
    <pre>%s</pre>
    <h2>Look further</h2>
    <p><a href="/health">/health</a> and <a href="/ready">/ready</a> are open to all;
    <code>/metrics</code> and everything under <code>/api</code> need an admin key.</p>
    </body>
    </html>
    """
        .formatted(
            STYLE,
            readiness.ready() ? " ready" : "",
            escape(readiness.words()),
            rows(facts(status, now)),
            rows(counts(status)),
            escape(firstEvent(status.url())));
  }

  private static String firstEvent(URI url) {
    return """
    curl -u YOUR_WRITE_KEY: %s/v1/track \\
      -H 'Content-Type: application/json' \\
      -d '{"userId":"ada","event":"Pricing Viewed","properties":{"plan":"pro"}}'\
    """
        .formatted(url);
  }

  private Map<String, String> facts(NodeStatus status, Instant now) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Node", status.node());
    facts.put("Up for", shown(Duration.between(status.startedAt(), now)));
    facts.put("Durability", durability(status.durability()));
    facts.put("Mail goes to", status.mail().equals("mailbox") ? MAILBOX : "an SMTP server");
    facts.put("Decisions behind the log", shown(status.lag()));
    node.clockTrouble().ifPresent(trouble -> facts.put("Clock", trouble));
    return facts;
  }

  private static String durability(String word) {
    return switch (word) {
      case "os" -> "os: an accepted event survives kill -9, not a power cut within seconds";
      case "fsync" -> "fsync: an accepted event survives a power cut";
      default -> word;
    };
  }

  private Map<String, String> counts(NodeStatus status) {
    Map<String, String> counts = new LinkedHashMap<>();
    counts.put("Journeys", number(count(DefinitionKind.JOURNEY)));
    counts.put("Templates", number(count(DefinitionKind.TEMPLATE)));
    counts.put("Destinations", number(count(DefinitionKind.DESTINATION)));
    status.counts().forEach((name, count) -> counts.put(name, number(count)));
    return counts;
  }

  private long count(DefinitionKind kind) {
    return store.workspaces().stream()
        .mapToLong(workspace -> store.current(workspace, kind).size())
        .sum();
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String shown(Duration duration) {
    if (duration.toHours() >= 48) {
      return duration.toDays() + " days";
    }
    if (duration.toMinutes() >= 120) {
      return duration.toHours() + " hours";
    }
    return duration.toSeconds() >= 120
        ? duration.toMinutes() + " minutes"
        : duration.toSeconds() + " s";
  }

  private static String rows(Map<String, String> rows) {
    return rows.entrySet().stream()
        .map(row ->
            "<tr><th scope=\"row\">%s</th><td>%s</td></tr>"
                .formatted(escape(row.getKey()), escape(row.getValue())))
        .collect(Collectors.joining("\n"));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String hash(String style) {
    return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(style));
  }
}
