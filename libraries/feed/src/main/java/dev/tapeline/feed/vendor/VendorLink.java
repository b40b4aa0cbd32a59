package dev.tapeline.feed.vendor;

import dev.tapeline.feed.FeedStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link VendorSession} can do to the outside. No method blocks or throws; what comes of it
 * arrives later. In a replay none of them does anything.
 */
public interface VendorLink {

  /**
   * Opens a socket after a delay, in the place of the one of this name, of which nothing more
   * arrives. Sockets of an account are opened one after the other.
   */
  void open(String socket, Address.Source address, Duration delay);

  /** Sends a text message; dropped if the socket is not open. */
  void send(String socket, String text);

  /** Closes a socket, of which nothing more arrives; gives up an opening too. */
  void close(String socket);

  /** Makes a call as soon as its budgets allow. A waiting call of the same name is replaced. */
  void call(RestCall call);

  /**
   * Makes no call of a budget for a while, as after an answer 429.
   *
   * @param budget the name of a {@link RestCall.Budget}
   */
  void rest(String budget, Duration pause);

  /** Says how the source is; the same state again with another reason is news too. */
  void tell(FeedStatus.State state, @Nullable String reason);

  /**
   * Counts something that was bad and skipped, and logs the first of its kind.
   *
   * @param kind a short word for metrics, such as {@code length} or {@code segment}
   * @param reason for people, without secrets
   */
  void fault(String kind, String reason);
}
