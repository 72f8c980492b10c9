package dev.earshot.channel.webhook;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Finds the addresses of a name. */
@FunctionalInterface
public interface Resolver {

  /**
   * All addresses, none when there is no such name.
   *
   * @throws TimeoutException when there is no answer within the time given
   */
  List<InetAddress> resolve(String host, Duration within)
      throws TimeoutException, InterruptedException;
}
