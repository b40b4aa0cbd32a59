package dev.tapeline.feed.deribit;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How to take the market data of Deribit. Nothing of it needs an account.
 *
 * @param currencies those whose instruments are listed at once, such as {@code BTC}
 * @param seed of the small differences between delays
 */
public record DeribitOptions(Hosts hosts, Streams streams, List<String> currencies, long seed) {

  private static final Pattern CURRENCY = Pattern.compile("[A-Z0-9]{2,10}");
  private static final int MAX_CURRENCIES = 20;

  /** The public hosts, and the instruments of Bitcoin and Ether. */
  public static final DeribitOptions DEFAULT =
      new DeribitOptions(Hosts.DEFAULT, Streams.DEFAULT, List.of("BTC", "ETH"), 1);

  public DeribitOptions {
    currencies = currencies.stream().map(code -> code.toUpperCase(Locale.ROOT)).toList();
    for (String currency : currencies) {
      if (!CURRENCY.matcher(currency).matches()) {
        throw new IllegalArgumentException(
            "not a currency of Deribit: '%s'; BTC, ETH, USDC and so on".formatted(currency));
      }
    }
    if (currencies.size() > MAX_CURRENCIES) {
      throw new IllegalArgumentException(
          "%d currencies; there can be %d".formatted(currencies.size(), MAX_CURRENCIES));
    }
  }

  /**
   * Where Deribit is.
   *
   * @param socket the address of the WebSocket
   * @param rest the address in front of the names of methods, such as {@code public/ticker}
   */
  public record Hosts(URI socket, URI rest) {

    public static final Hosts DEFAULT =
        new Hosts(
            URI.create("wss://www.deribit.com/ws/api/v2"),
            URI.create("https://www.deribit.com/api/v2"));

    public Hosts {
      check(socket, Set.of("ws", "wss"));
      check(rest, Set.of("http", "https"));
    }

    private static void check(URI host, Set<String> schemes) {
      String scheme = String.valueOf(host.getScheme());
      if (!schemes.contains(scheme) || host.getHost() == null || host.getQuery() != null) {
        throw new IllegalArgumentException(
            "not an address of Deribit: '%s'; %s://NAME[:PORT]/PATH"
                .formatted(host, String.join(" or ", schemes)));
      }
    }
  }

  /**
   * What to subscribe to.
   *
   * @param interval how often a channel tells changes: {@code 100ms} or {@code agg2}
   * @param chunk how many channels a request names at most
   * @param maxChannels how many channels are subscribed at most; those beyond are refused
   * @param maxTickers how many options of a chain have a ticker of their own; of a larger chain
   *     those nearest to the money have one, and the others their mark prices alone
   */
  public record Streams(String interval, int chunk, int maxChannels, int maxTickers) {

    public static final Streams DEFAULT = new Streams("100ms", 200, 2000, 200);

    private static final int MAX_CHUNK = 200;

    public Streams {
      if (!Set.of("100ms", "agg2").contains(interval)) {
        throw new IllegalArgumentException(
            "an interval of '%s'; 100ms or agg2, as raw needs an account".formatted(interval));
      }
      if (chunk < 1 || chunk > MAX_CHUNK || maxChannels < 1 || maxTickers < 0) {
        throw new IllegalArgumentException(
            "%d channels a request, %d channels, %d tickers; 1 to %d a request, 1 channel at least"
                .formatted(chunk, maxChannels, maxTickers, MAX_CHUNK));
      }
    }
  }
}
