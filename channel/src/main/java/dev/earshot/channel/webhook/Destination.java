package dev.earshot.channel.webhook;

import dev.earshot.channel.secret.SecretBox;
import dev.earshot.engine.audience.Durations;
import dev.earshot.engine.definition.Body;
import dev.earshot.engine.definition.Problem;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where webhooks go, as its definition has it.
 *
 * @param headers sent along with each, by their lower-case names
 * @param secrets one, or during a rotation the new one and the old; sealed, once it is published
 */
public record Destination(WebhookUrl url, Map<String, String> headers, List<String> secrets) {

  static final int SECRETS_MAX = 3;
  static final int HEADERS_MAX = 20;
  static final int HEADER_LENGTH_MAX = 4096;
  private static final int ATTEMPTS_MAX = 50;

  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]*");

  /** What the sender says itself, or what would change the meaning of the request. */
  private static final Set<String> HEADERS_OURS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "content-type",
          "content-encoding",
          "transfer-encoding",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "keep-alive",
          "cookie");

  public Destination {
    headers = Map.copyOf(headers);
    secrets = List.copyOf(secrets);
  }

  /** Reads the body of a definition, and adds whatever is wrong with it to the problems. */
  public static Optional<Destination> read(Fields definition, List<Problem> problems) {
    var found = new ArrayList<Problem>();
    var body = Body.of(definition, found);
    body.has("kind");
    body.has("id");
    body.has("name");
    if (!body.requiredText("channel").equals("webhook") && body.text("channel").isPresent()) {
      body.problem("channel", "webhook");
    }
    var url = url(body);
    var headers = headers(body);
    var secrets = secrets(body);
    retry(body);
    body.end();
    problems.addAll(found);
    return found.isEmpty() && url.isPresent()
        ? Optional.of(new Destination(url.get(), headers, secrets))
        : Optional.empty();
  }

  private static Optional<WebhookUrl> url(Body body) {
    var text = body.requiredText("url");
    var url = WebhookUrl.parse(text);
    if (url.isEmpty() && !text.isEmpty()) {
      body.problem(
          "url",
          "a plain URL in lower case, without user name, such as https://crm.example.com/hooks");
    }
    return url;
  }

  private static Map<String, String> headers(Body body) {
    if (!(body.value("headers").orElse(Fields.EMPTY) instanceof Fields(var fields))
        || fields.size() > HEADERS_MAX) {
      body.problem("headers", "at most " + HEADERS_MAX + " names with their values");
      return Map.of();
    }
    var headers = new LinkedHashMap<String, String>();
    fields.forEach((name, value) -> {
      if (isAllowed(name) && value instanceof Text(var text) && isPlain(text)) {
        headers.put(name.toLowerCase(Locale.ROOT), text);
      } else {
        body.missing(
            "headers." + name,
            "a header of your own with a text of at most "
                + HEADER_LENGTH_MAX
                + " plain characters");
      }
    });
    return headers;
  }

  private static boolean isAllowed(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return HEADER_NAME.matcher(name).matches()
        && !HEADERS_OURS.contains(lower)
        && !lower.startsWith("webhook-")
        && !lower.startsWith("proxy-");
  }

  private static boolean isPlain(String text) {
    return text.length() <= HEADER_LENGTH_MAX && HEADER_VALUE.matcher(text).matches();
  }

  private static List<String> secrets(Body body) {
    var value = body.value("secrets");
    if (value.isEmpty()) {
      return List.of();
    }
    var secrets = new ArrayList<String>();
    if (value.get() instanceof Items(var items)) {
      for (var item : items) {
        if (item instanceof Text(var text) && isSecret(text)) {
          secrets.add(text);
        }
      }
      if (!items.isEmpty() && items.size() <= SECRETS_MAX && secrets.size() == items.size()) {
        return secrets;
      }
    }
    // Says nothing of what was found: it may be most of a secret.
    body.missing(
        "secrets", "1 to " + SECRETS_MAX + " texts of whsec_ and 24 to 64 bytes in base64");
    return List.of();
  }

  private static boolean isSecret(String text) {
    return SecretBox.isSealed(text) || WebhookSecret.parse(text).isPresent();
  }

  /** Only looked at here; the engine reads it when it decides about the next attempt. */
  private static void retry(Body body) {
    body.body("retry")
        .ifPresent(retry -> {
          duration(retry, "first");
          duration(retry, "ceiling");
          retry.number("attempts", 1, ATTEMPTS_MAX);
          retry.end();
        });
  }

  private static void duration(Body retry, String name) {
    if (retry.text(name).filter(text -> Durations.parse(text).isEmpty()).isPresent()) {
      retry.problem(name, "a duration such as 30s, 5m or 2h");
    }
  }
}
