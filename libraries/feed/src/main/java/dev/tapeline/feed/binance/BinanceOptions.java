package dev.tapeline.feed.binance;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How to take the market data of Binance spot. Nothing of it needs an account.
 *
 * @param microseconds whether Binance is to send times in microseconds, in its own JSON too
 */
public record BinanceOptions(
    Hosts hosts, Books books, Connections connections, boolean microseconds) {

  /** The public hosts for market data alone, with times in milliseconds. */
  public static final BinanceOptions DEFAULT =
      new BinanceOptions(Hosts.DEFAULT, Books.DEFAULT, Connections.DEFAULT, false);

  /**
   * Where Binance is.
   *
   * @param streams the WebSocket side, without a path
   * @param rest the REST side, without a path
   */
  public record Hosts(URI streams, URI rest) {

    /** They serve market data alone, in places too where others are blocked. */
    public static final Hosts DEFAULT =
        new Hosts(
            URI.create("wss://data-stream.binance.vision"),
            URI.create("https://data-api.binance.vision"));

    public Hosts {
      check(streams, List.of("ws", "wss"));
      check(rest, List.of("http", "https"));
    }

    private static void check(URI host, List<String> schemes) {
      String scheme = String.valueOf(host.getScheme());
      boolean isHost = host.getHost() != null && String.valueOf(host.getRawPath()).isEmpty();
      if (!schemes.contains(scheme) || !isHost || host.getRawQuery() != null) {
        throw new IllegalArgumentException(
            "not a host: '%s'; %s://NAME[:PORT]".formatted(host, String.join("|", schemes)));
      }
    }
  }

  /**
   * How to keep order books.
   *
   * @param levels how many levels of a side are shown at least, where the exchange has as many
   * @param snapshotLimit how many levels of a side a snapshot has
   * @param snapshotPace the time between two snapshots, so that many books cost a burst to nobody
   */
  public record Books(DepthSpeed speed, int levels, int snapshotLimit, Duration snapshotPace) {

    /** 50 levels ten times a second; 1000 in a snapshot, which costs 50 of 6000 a minute. */
    public static final Books DEFAULT =
        new Books(DepthSpeed.FAST, 50, 1000, Duration.ofMillis(300));

    private static final int MAX_SNAPSHOT = 5000;

    public Books {
      if (levels < 1 || snapshotLimit > MAX_SNAPSHOT || 4 * levels > snapshotLimit) {
        throw new IllegalArgumentException(
            "%d levels of snapshots of %d; a snapshot has up to %d, and four times the levels"
                .formatted(levels, snapshotLimit, MAX_SNAPSHOT));
      }
      if (!snapshotPace.isPositive()) {
        throw new IllegalArgumentException("a snapshot every " + snapshotPace);
      }
    }
  }

  /**
   * How to keep connections.
   *
   * @param maxStreams how many streams a connection carries
   * @param life after what time a connection is replaced, up to 23 hours, and some minutes more by
   *     chance; Binance cuts it after 24 hours
   * @param seed of the small differences between the times of connections
   */
  public record Connections(int maxStreams, Duration life, long seed) {

    private static final int MAX_STREAMS = 1024;
    private static final Duration MAX_LIFE = Duration.ofHours(23);

    /** 1024 streams, which is the most that Binance allows; 23 hours. */
    public static final Connections DEFAULT =
        new Connections(Connections.MAX_STREAMS, Connections.MAX_LIFE, 1);

    public Connections {
      if (maxStreams < 1 || maxStreams > MAX_STREAMS) {
        throw new IllegalArgumentException(
            "%d streams a connection; 1 to %d".formatted(maxStreams, MAX_STREAMS));
      }
      if (!life.isPositive() || life.compareTo(MAX_LIFE) > 0) {
        throw new IllegalArgumentException("a connection's life of " + life);
      }
    }
  }
}
