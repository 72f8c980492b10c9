package dev.earshot.bench.server;

import dev.earshot.bench.command.Arguments;
import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.command.Option;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The server that is measured, and the keys to it. */
public record Target(URI server, String writeKey, String adminKey) {

  public static Target of(Arguments arguments) {
    return of(arguments, URI.create(arguments.text(Option.SERVER)));
  }

  public static Target of(Arguments arguments, URI server) {
    return of(
        server,
        arguments.path(Option.DATA_DIR),
        arguments.text(Option.KEY),
        arguments.text(Option.ADMIN_KEY));
  }

  /** A server whose data directory is on this machine. */
  public static Target of(URI server, Path dataDirectory) {
    return of(server, dataDirectory, "", "");
  }

  private static Target of(URI server, Path dataDirectory, String writeKey, String adminKey) {
    return new Target(
        server,
        writeKey.isEmpty() ? kept(dataDirectory.resolve("write-key")) : writeKey,
        adminKey.isEmpty() ? kept(dataDirectory.resolve("admin-key")) : adminKey);
  }

  private static String kept(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new BenchFailure(
          "No key in " + file + ": say where the data directory is (--data-dir), or give the key.",
          e);
    }
  }

  /** A whole request that posts a JSON document with the write key. */
  public byte[] post(String path, String json) {
    var body = json.getBytes(StandardCharsets.UTF_8);
    var head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\nAuthorization: Basic "
            + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8))
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    var start = head.getBytes(StandardCharsets.US_ASCII);
    var request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    return request;
  }
}
