package dev.tapeline.feed.vendor;

import dev.tapeline.feed.Watchlist;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that reaches a {@link VendorSession}: in the order of arrival, on the thread of its
 * feed. A recording of a source is the row of its arrivals.
 *
 * <p>Sockets and calls go by names that the session has chosen. A name says all that is needed to
 * read what arrives under it, because a recording has nothing else.
 */
public sealed interface Arrival {

  /** When it was received, epoch ms UTC. */
  long received();

  /** The instruments to watch from now on. */
  record Watch(Watchlist watchlist, long received) implements Arrival {}

  /** Time has passed: about ten times a second, between the others. */
  record Time(long received) implements Arrival {}

  /** A socket is open. Whatever arrived on an earlier one of this name is over. */
  record Opened(String socket, long received) implements Arrival {}

  /**
   * A whole message on an open socket.
   *
   * @param text whether it is a text message; a binary one otherwise
   * @param payload never written to again
   */
  @SuppressWarnings("ArrayRecordComponent") // one owner after the other, compared in tests alone
  record Frame(String socket, boolean text, byte[] payload, long received) implements Arrival {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Frame(String socketOf, boolean textOf, byte[] bytes, long time)
          && socketOf.equals(socket)
          && textOf == text
          && Arrays.equals(bytes, payload)
          && time == received;
    }

    @Override
    public int hashCode() {
      return Objects.hash(socket, text, Arrays.hashCode(payload), received);
    }
  }

  /** A ping of the vendor, which has been answered. */
  record Pinged(String socket, long received) implements Arrival {}

  /** A socket has ended, or could not be opened. */
  record Ended(String socket, SocketEnd end, long received) implements Arrival {}

  /**
   * The answer to a call, of any status.
   *
   * @param body never written to again
   */
  @SuppressWarnings("ArrayRecordComponent") // one owner after the other, compared in tests alone
  record Answer(String call, int status, byte[] body, long received) implements Arrival {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Answer(String callOf, int statusOf, byte[] bytes, long time)
          && callOf.equals(call)
          && statusOf == status
          && Arrays.equals(bytes, body)
          && time == received;
    }

    @Override
    public int hashCode() {
      return Objects.hash(call, status, Arrays.hashCode(body), received);
    }
  }

  /** A call has got no answer: the network, a timeout, an answer that was too long. */
  record Unanswered(String call, String reason, long received) implements Arrival {}
}
