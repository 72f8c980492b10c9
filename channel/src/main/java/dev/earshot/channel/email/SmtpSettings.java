package dev.earshot.channel.email;

import java.util.Optional;

/**
 * The mail server that takes our mail.
 *
 * @param connections how many a workspace may have open at a time
 */
public record SmtpSettings(String host, int port, Tls tls, Optional<Login> login, int connections) {

  /** How the connection is protected. */
  public enum Tls {
    /** Not at all: for a server on the same machine. */
    OFF,
    /** Begins in the clear, and goes no further if the server will not encrypt. */
    STARTTLS,
    /** From the first byte. */
    TLS
  }

  public record Login(String user, String password) {

    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }
}
