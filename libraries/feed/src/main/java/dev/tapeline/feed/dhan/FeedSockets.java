package dev.tapeline.feed.dhan;

import dev.tapeline.feed.dhan.packet.DepthDecoder;
import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.feed.dhan.packet.InstrumentTable;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of the feed and of deep books, which share the connections of an account: how many,
 * what each is subscribed to, and what follows when one ends or falls silent. Owned by the thread
 * of its feed. Times are epoch ms.
 */
final class FeedSockets {

  static final String FEED = "feed-";
  static final String DEEP = "deep-";

  private static final long SILENT = 15_000;
  private static final long MUTE = 30_000;
  private static final long INDEX_PATIENCE = 10_000;
  private static final long CROWDED = 600_000;
  private static final long CHECK = 1_000;
  private static final int MANY = 20;
  private static final Duration SLOW = Duration.ofSeconds(60);

  private final DhanOptions options;
  private final InstrumentTable table;
  private final DepthDecoder depth;
  private final TradingHours hours;
  private final AccountGate gate;
  private final Seeds seeds;
  private final SocketGroup feed;
  private final SocketGroup deep;
  private final DeepBookPlan books;

  private Map<Instrument, FeedMode> wanted = Map.of();
  private final Set<Instrument> tickerOnly = new HashSet<>();
  private int limit;
  private boolean deepAllowed = true;
  private boolean shut;
  private long crowded;
  private long check;

  FeedSockets(
      DhanOptions options,
      InstrumentTable table,
      DepthDecoder depth,
      TradingHours hours,
      AccountGate gate,
      Seeds seeds,
      VendorLink link,
      Random random) {
    this.options = options;
    this.table = table;
    this.depth = depth;
    this.hours = hours;
    this.gate = gate;
    this.seeds = seeds;
    DhanOptions.Limits limits = options.limits();
    DhanOptions.DeepBooks deepBooks = options.deepBooks();
    this.books = new DeepBookPlan(deepBooks);
    SocketAddresses addresses = new SocketAddresses(options);
    this.limit = limits.connections();
    this.feed =
        new SocketGroup(
            FEED,
            addresses::feed,
            link,
            new Dialect(limits.batch(), false, 0),
            limits.instruments(),
            limits.pause(),
            random,
            seeds::subscribed);
    this.deep =
        new SocketGroup(
            DEEP,
            addresses::deepBooks,
            link,
            new Dialect(deepBooks.capacity(), true, deepBooks.unsubscribe()),
            deepBooks.capacity(),
            limits.pause(),
            random,
            (_, _) -> {});
  }

  /**
   * Watches these instruments and no others.
   *
   * @param ofBooks those of which the book is wanted
   */
  void watch(Map<Instrument, FeedMode> modes, Set<Instrument> ofBooks, long now) {
    wanted = modes;
    books.watch(ofBooks);
    tickerOnly.retainAll(modes.keySet());
    rearrange(now);
  }

  private void rearrange(long now) {
    Map<Instrument, FeedMode> modes = new HashMap<>(wanted);
    tickerOnly.forEach(index -> modes.put(index, FeedMode.TICKER));
    feed.limit(limit);
    feed.watch(modes);
    int left = Math.max(0, limit - feed.connections().size());
    String token = books.areByToken() && !gate.isShut() ? gate.token(now) : null;
    deep.limit(books.accepts(token) && deepAllowed ? left : 0);
    deep.watch(books.modes());
    feed.send(now);
    deep.send(now);
  }

  /** Closes all while the account is not accepted, and opens all when it is again. */
  void obeyGate(long now) {
    String reason = gate.reason();
    if (reason != null && !shut) {
      shut = true;
      feed.closeAll(reason);
      deep.closeAll(reason);
    } else if (reason == null && shut && gate.token(now) != null) {
      shut = false;
      rearrange(now);
      feed.openAll();
      deep.openAll();
    }
  }

  /** Opens the open ones anew, with the token of now. */
  void reconnect() {
    Stream.concat(feed.connections().stream(), deep.connections().stream())
        .filter(Connection::isOpen)
        .forEach(Connection::openAnew);
  }

  private @Nullable Connection find(String socket) {
    return socket.startsWith(DEEP) ? deep.find(socket) : feed.find(socket);
  }

  void opened(String socket, long now) {
    Connection connection = find(socket);
    if (connection == null) {
      return;
    }
    connection.opened(now);
    boolean isDeep = socket.startsWith(DEEP);
    for (Instrument instrument : connection.subscriptions().wanted().keySet()) {
      if (isDeep) {
        depth.forget(instrument);
      } else {
        table.reopened(instrument);
        seeds.reopened(instrument, now);
      }
    }
    feed.send(now);
    deep.send(now);
  }

  /** Takes a frame with this many packets of watched instruments. */
  void frame(String socket, int packets, long now) {
    Connection connection = find(socket);
    if (connection != null && packets > 0) {
      connection.data(now);
    } else if (connection != null) {
      connection.sign(now);
    }
  }

  void pinged(String socket, long now) {
    frame(socket, 0, now);
    if (crowded > 0 && now - crowded > CROWDED) { // try one more, as others may have left
      crowded = limit + 1 < options.limits().connections() ? now : 0;
      limit = Math.min(limit + 1, options.limits().connections());
      deepAllowed = true;
      rearrange(now);
    }
  }

  void ended(String socket, SocketEnd end, long now) {
    Connection connection = find(socket);
    if (connection == null) {
      return;
    }
    String why = Connection.text(end);
    if (connection.ended(now)) {
      gate.suspect(now);
    }
    if (socket.startsWith(DEEP)) {
      connection.subscriptions().wanted().keySet().forEach(depth::forget);
    }
    switch (end) {
      case SocketEnd.Refused(int status, _)
          when (status == 401 || status == 403) && !isOfDeepBooksAlone(socket) ->
          gate.shutForToken("the connection was %s: check client id and token".formatted(why), now);
      case SocketEnd.Refused(int status, _) when status == 429 -> {
        gate.suspect(now);
        connection.reopenRefused(why);
      }
      case SocketEnd.Refused _ ->
          connection.reopen(why, isOfDeepBooksAlone(socket) ? SLOW : slow(now));
      case SocketEnd.Closed _, SocketEnd.Broken _ -> connection.reopen(why, slow(now));
    }
  }

  /** Whether a refusal of this socket says nothing about the others, as prices come on them. */
  private boolean isOfDeepBooksAlone(String socket) {
    return socket.startsWith(DEEP) && hasData();
  }

  /** Outside of trading hours there is no hurry. */
  private Duration slow(long now) {
    return hours.isOpen(now) ? Duration.ZERO : SLOW;
  }

  /** The vendor has said why it disconnects. */
  void disconnected(String socket, int code, long now) {
    DisconnectCode meaning = DisconnectCode.of(code);
    String text = "%s (%d)".formatted(meaning.text(), code);
    Connection connection = find(socket);
    if (connection != null && meaning.isOfAccount() && isOfDeepBooksAlone(socket)) {
      connection.reopen(text, SLOW);
      gate.suspect(now);
      return;
    }
    switch (meaning) {
      case NO_PLAN -> gate.shutForAccount(text, now);
      case EXPIRED, REFUSED -> gate.shutForToken(text, now);
      case CROWDED -> {
        if (connection != null) {
          crowded(connection, text, now);
        }
      }
      case TOO_MANY_INSTRUMENTS -> {
        if (connection != null) {
          connection.reopen(text, slow(now));
          (socket.startsWith(DEEP) ? deep : feed).split(connection);
          rearrange(now);
        }
      }
      case BROKEN -> {
        if (connection != null) {
          connection.reopen(text, slow(now));
        }
      }
    }
  }

  /**
   * Gives way to another program that uses the account: deep books go first, then what the other
   * connections can take over is moved to them, and the last connection waits.
   */
  private void crowded(Connection connection, String text, long now) {
    crowded = now;
    int deepSockets = deep.connections().size();
    int others = feed.connections().size() - 1;
    if (connection.name().startsWith(DEEP)) {
      limit = Math.max(1, others + deepSockets);
      deepAllowed = deepSockets > 1;
      deep.forgo(connection);
    } else if (deepSockets > 0) {
      deepAllowed = false;
      connection.reopenCrowded(text);
    } else if (others > 0) {
      limit = others;
      feed.forgo(connection);
    } else {
      limit = 1;
      connection.reopenCrowded(text);
    }
    rearrange(now);
  }

  /** Does what is due by now. */
  void onTime(long now) {
    feed.send(now);
    deep.send(now);
    if (now >= check && hours.isOpen(now)) {
      check = now + CHECK;
      Stream.concat(feed.connections().stream(), deep.connections().stream())
          .filter(Connection::isOpen)
          .forEach(connection -> check(connection, now));
      checkIndices(now);
    }
  }

  private void check(Connection connection, long now) {
    if (connection.silence(now) > SILENT) {
      connection.reopen("silent for 15 s", Duration.ZERO);
    } else if (connection.muteness(now) > MUTE && expectsData(connection)) {
      connection.reopen("no prices within 30 s of subscribing", Duration.ZERO);
    }
  }

  /** Whether some instrument of a socket surely has prices: an index, or one of many. */
  private static boolean expectsData(Connection connection) {
    Set<Instrument> instruments = connection.subscriptions().wanted().keySet();
    return instruments.size() >= MANY
        || instruments.stream().anyMatch(Instrument.Index.class::isInstance);
  }

  /** Asks for last prices alone of an index of which nothing has come. */
  private void checkIndices(long now) {
    List<Instrument> silent = new ArrayList<>();
    for (Connection connection : feed.connections()) {
      if (connection.hasSubscribedFor(INDEX_PATIENCE, now)) {
        connection.subscriptions().sent().entrySet().stream()
            .filter(entry -> entry.getKey() instanceof Instrument.Index)
            .filter(entry -> entry.getValue() == FeedMode.QUOTE)
            .map(Map.Entry::getKey)
            .filter(index -> !table.isStreaming(index) && !hours.isPreOpen(index, now))
            .forEach(silent::add);
      }
    }
    if (!silent.isEmpty()) {
      tickerOnly.addAll(silent);
      rearrange(now);
    }
  }

  /** Whether prices come on some connection. */
  boolean hasData() {
    return feed.connections().stream().anyMatch(Connection::hasData);
  }

  /** Why not all is well, for people; null if it is. */
  @Nullable String problem() {
    List<Connection> down =
        feed.connections().stream().filter(connection -> !connection.isOpen()).toList();
    int all = feed.connections().size();
    if (!down.isEmpty()) {
      String why = down.getFirst().problem();
      String text = why == null ? "connecting" : why;
      return all == 1
          ? text
          : "%d of %d connections are down: %s".formatted(down.size(), all, text);
    } else if (feed.left() > 0) {
      return "%d instruments are beyond the limits of the account".formatted(feed.left());
    }
    return hasData() ? books.problem(deep) : "no prices yet";
  }
}
