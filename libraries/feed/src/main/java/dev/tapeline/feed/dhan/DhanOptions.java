package dev.tapeline.feed.dhan;

import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.feed.dhan.rest.DhanAccount;
import dev.tapeline.feed.dhan.rest.DhanCalls;
import dev.tapeline.feed.dhan.token.TotpMinter;
import dev.tapeline.feed.vendor.RestCall;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How Dhan is talked to.
 *
 * @param mode what each instrument is subscribed with at least
 * @param tradeTimeAhead how far the times of trades are ahead of UTC: the feed sends India's wall
 *     clock
 * @param chainInterval the time between two answers about the same option chain, at least
 * @param tokens how tokens are made; by hand alone unless it says more
 * @param orderUpdates whether the account's own orders are listened to
 * @param budgets the limits on REST calls
 * @param seed of the jitter of waits
 */
public record DhanOptions(
    DhanAccount account,
    Sockets sockets,
    Limits limits,
    DeepBooks deepBooks,
    FeedMode mode,
    Duration tradeTimeAhead,
    Duration chainInterval,
    Tokens tokens,
    boolean orderUpdates,
    List<RestCall.Budget> budgets,
    long seed) {

  /** The vendor allows one call for a chain in this time. */
  static final Duration MIN_CHAIN_INTERVAL = Duration.ofSeconds(3);

  public DhanOptions {
    budgets = List.copyOf(budgets);
    if (chainInterval.compareTo(MIN_CHAIN_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "a chain every %s; the vendor allows one every %s"
              .formatted(chainInterval, MIN_CHAIN_INTERVAL));
    }
  }

  /** Where the sockets are; the token and the client id are added to these addresses. */
  public record Sockets(URI feed, URI depth20, URI depth200, URI orders) {

    /** The vendor's own addresses. */
    public static final Sockets VENDOR =
        new Sockets(
            URI.create("wss://api-feed.dhan.co/"),
            URI.create("wss://depth-api-feed.dhan.co/twentydepth"),
            URI.create("wss://full-depth-api.dhan.co/twohundreddepth"),
            URI.create("wss://api-order-update.dhan.co/"));
  }

  /**
   * The limits on sockets.
   *
   * @param connections of an account, those for deep books included
   * @param instruments of a connection
   * @param batch instruments of a message
   * @param pause between two messages of a connection
   */
  public record Limits(int connections, int instruments, int batch, Duration pause) {

    public static final Limits VENDOR = new Limits(5, 5_000, 100, Duration.ofMillis(50));

    public Limits {
      if (connections < 1 || instruments < 1 || batch < 1) {
        throw new IllegalArgumentException(
            "limits of %d connections, %d instruments, batches of %d"
                .formatted(connections, instruments, batch));
      }
    }
  }

  /**
   * Books of more levels than the five of the feed, for shares and derivatives of NSE of which the
   * book is wanted.
   *
   * @param levels 20 or 200; 5 for none
   * @param unsubscribe 24 or 25: the vendor's pages disagree
   */
  public record DeepBooks(int levels, int unsubscribe) {

    public static final DeepBooks NONE = new DeepBooks(5, 24);

    public DeepBooks {
      if (levels != 5 && levels != 20 && levels != 200) {
        throw new IllegalArgumentException("books of %d levels; 5, 20 or 200".formatted(levels));
      }
      if (unsubscribe != 24 && unsubscribe != 25) {
        throw new IllegalArgumentException("unsubscribe %d; 24 or 25".formatted(unsubscribe));
      }
    }

    boolean areWanted() {
      return levels > 5;
    }

    /** How many instruments a socket takes. */
    int capacity() {
      return levels == 20 ? 50 : 1;
    }
  }

  /**
   * How tokens are made.
   *
   * @param renewed whether a token is renewed before it ends
   * @param minting what is needed to make tokens; null to make none
   */
  public record Tokens(boolean renewed, TotpMinter.@Nullable Secrets minting) {

    public static final Tokens BY_HAND = new Tokens(false, null);
  }

  /**
   * The vendor's own addresses and limits, with the most careful choices.
   *
   * @param clientId gives the client id at each use
   * @param accessToken gives the access token at each use
   */
  public static DhanOptions of(Supplier<String> clientId, Supplier<String> accessToken) {
    return new DhanOptions(
        new DhanAccount(
            clientId,
            accessToken,
            URI.create("https://api.dhan.co/v2"),
            URI.create("https://auth.dhan.co")),
        Sockets.VENDOR,
        Limits.VENDOR,
        DeepBooks.NONE,
        FeedMode.QUOTE,
        Duration.ofMinutes(330),
        MIN_CHAIN_INTERVAL,
        Tokens.BY_HAND,
        false,
        DhanCalls.BUDGETS,
        1);
  }
}
