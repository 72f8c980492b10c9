package dev.earshot.app.cli;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The server's HTTP API, as one user with one key sees it. */
public final class Api implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  /** A server, or a proxy before it, closes what is idle for longer: never used again then. */
  private static final String KEPT_OPEN_SECONDS = "5";

  static {
    System.setProperty("jdk.httpclient.keepalive.timeout", KEPT_OPEN_SECONDS);
  }

  private final URI server;
  private final Supplier<String> key;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /**
   * @param key asked for when a request is made, and not before
   */
  public Api(URI server, Supplier<String> key) {
    this.server = server;
    this.key = key;
  }

  public Value get(String path) {
    return successful(send(request(path).GET())).value();
  }

  public Value post(String path, Value body) {
    return successful(ask(path, body)).value();
  }

  public void delete(String path) {
    successful(send(request(path).DELETE()));
  }

  /** The answer to a POST, whatever its status. */
  public Answer ask(String path, Value body) {
    return send(post(path, Json.bytes(body)));
  }

  /** The same without waiting: fails with an {@link IOException} when the server is not there. */
  public CompletableFuture<Answer> askAsync(String path, byte[] body) {
    return client
        .sendAsync(post(path, body).build(), BodyHandlers.ofString())
        .thenApply(Answer::of);
  }

  /** Hands on each line of a stream until {@code each} says no, or the server ends it. */
  public void lines(String path, Predicate<String> each) {
    try {
      var response = client.send(stream(path), BodyHandlers.ofLines());
      try (var lines = response.body()) {
        if (response.statusCode() >= 300) {
          var body = String.join("\n", lines.toList());
          successful(new Answer(response.statusCode(), Optional.empty(), body));
        }
        var line = lines.iterator();
        while (line.hasNext() && each.test(line.next())) {}
      }
    } catch (IOException e) {
      throw unreachable(e);
    } catch (UncheckedIOException e) {
      throw new CommandFailure("The connection to " + server + " was lost.", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Closes at once, whatever is still under way. */
  @Override
  public void close() {
    client.shutdownNow();
  }

  /** Says why a request did not even reach the server. */
  public CommandFailure unreachable(Throwable cause) {
    if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
      return new CommandFailure(
          server + " did not answer within " + ANSWER_TIMEOUT.toSeconds() + " s.", cause);
    }
    if (cause instanceof ConnectException || cause instanceof HttpTimeoutException) {
      return new CommandFailure(
          "Nothing answers at "
              + server
              + ". Start Earshot with ./earshot up, or name its address with --server"
              + " or EARSHOT_SERVER.",
          cause);
    }
    return new CommandFailure(
        "The connection to " + server + " failed: " + cause.getMessage(), cause);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      return Answer.of(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Answer successful(Answer answer) {
    if (answer.isSuccess()) {
      return answer;
    }
    throw new CommandFailure(
        switch (answer.status()) {
          case 401, 403 ->
              "The server at " + server + " does not accept this key: " + answer.refusal();
          case 429, 503 ->
              answer.refusal()
                  + answer
                      .retryAfter()
                      .map(wait -> " Try again in " + wait.toSeconds() + " s.")
                      .orElse("");
          default -> answer.refusal();
        });
  }

  private HttpRequest.Builder post(String path, byte[] body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private HttpRequest.Builder request(String path) {
    return keyed(path).timeout(ANSWER_TIMEOUT);
  }

  private HttpRequest stream(String path) {
    return keyed(path).GET().build();
  }

  private HttpRequest.Builder keyed(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .header("Authorization", "Bearer " + key.get())
        .header("Accept", "application/json, application/x-ndjson");
  }

  private static CommandFailure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CommandFailure("Interrupted.", e);
  }
}
