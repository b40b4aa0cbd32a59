package dev.tapeline.feed.binance;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plays Binance towards a session, and keeps what it asks for and what it says. */
final class Conversation implements VendorLink {

  static final String A = "streams-1a";
  static final String B = "streams-1b";

  private static final long PING_MILLIS = 20_000;

  /** What the session asked for, in order: {@code open NAME 1000}, {@code send NAME {…}}, … */
  final List<String> requests = new ArrayList<>();

  /** The addresses of the connections and calls, in order. */
  final List<String> addresses = new ArrayList<>();

  final List<String> told = new ArrayList<>();
  final List<String> faults = new ArrayList<>();
  final List<Instrument> described = new ArrayList<>();
  final List<Arrival> arrivals = new ArrayList<>();
  final TickBuffer ticks = new TickBuffer();
  private final List<Arrival> pending = new ArrayList<>();
  private final BinanceSession session;
  private final boolean answers;
  private final Set<String> open = new TreeSet<>();
  private boolean deaf;
  private boolean silent;
  private long now = 1_700_000_000_000L;

  /**
   * @param answers whether subscriptions are confirmed at once
   */
  Conversation(BinanceOptions options, boolean answers) {
    this.session = new BinanceSession(options, this, described::add);
    this.answers = answers;
  }

  /** A conversation that watches one pair and is connected. */
  static Conversation of(Detail detail) {
    Conversation talk = new Conversation(BinanceOptions.DEFAULT, true);
    talk.watch(detail, "BTCUSDT");
    talk.opened(A);
    talk.pass(300);
    return talk;
  }

  void arrive(Arrival arrival) {
    arrivals.add(arrival);
    session.onArrival(arrival, ticks);
  }

  long now() {
    return now;
  }

  /** Lets time pass, in steps of 100 ms. */
  void pass(long millis) {
    for (long end = now + millis; now < end; ) {
      now = Math.min(end, now + 100);
      arrive(new Arrival.Time(now));
      confirm();
      ping(100);
    }
  }

  /** Lets time pass in one step. */
  void leap(Duration time) {
    ping(PING_MILLIS);
    now += time.toMillis();
    arrive(new Arrival.Time(now));
    confirm();
  }

  private void ping(long step) {
    if (!silent && now % PING_MILLIS < step) {
      Set.copyOf(open).forEach(socket -> arrive(new Arrival.Pinged(socket, now)));
    }
  }

  /** Sends no ping from now on. */
  void stopPings() {
    silent = true;
  }

  void watch(Detail detail, String... symbols) {
    Map<Instrument, Detail> instruments = new LinkedHashMap<>();
    for (String symbol : symbols) {
      instruments.put(Instrument.binance(symbol), detail);
    }
    arrive(new Arrival.Watch(Watchlist.of(instruments), now));
  }

  void opened(String socket) {
    open.add(socket);
    arrive(new Arrival.Opened(socket, now));
  }

  void broke(String socket) {
    ended(socket, new SocketEnd.Broken("reset"));
  }

  void ended(String socket, SocketEnd end) {
    open.remove(socket);
    arrive(new Arrival.Ended(socket, end, now));
  }

  void frame(String socket, String json) {
    arrive(new Arrival.Frame(socket, true, bytes(json), now));
  }

  void answer(String call, int status, String body) {
    arrive(new Arrival.Answer(call, status, bytes(body), now));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Confirms no subscription from now on. */
  void confirmNothing() {
    deaf = true;
  }

  void trade(String socket, long id) {
    trade(socket, id, "1");
  }

  void trade(String socket, long id, String quantity) {
    frame(
        socket,
        """
        {"stream":"btcusdt@trade","data":{"e":"trade","E":%d,"s":"BTCUSDT","t":%d,"p":"100.00",\
        "q":"%s","T":%d,"m":false,"M":true}}\
        """
            .formatted(now, id, quantity, now));
  }

  void quote(String socket, long id, String bid, String ask) {
    frame(
        socket,
        """
        {"stream":"btcusdt@bookTicker","data":{"u":%d,"s":"BTCUSDT","b":"%s","B":"1","a":"%s",\
        "A":"1"}}\
        """
            .formatted(id, bid, ask));
  }

  void change(String socket, long first, long last, String bid, String ask) {
    frame(
        socket,
        """
        {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":%d,"s":"BTCUSDT","U":%d,\
        "u":%d,"b":%s,"a":%s}}\
        """
            .formatted(now, first, last, levels(bid), levels(ask)));
  }

  /** Answers a call for a snapshot with one level a side. */
  void snapshot(long id, String bid, String ask) {
    answer(
        "depth:BTCUSDT:1000",
        200,
        """
        {"lastUpdateId":%d,"bids":%s,"asks":%s}\
        """
            .formatted(id, levels(bid), levels(ask)));
  }

  private static String levels(String level) {
    return level.isEmpty() ? "[]" : "[[\"%s\",\"1\"]]".formatted(level);
  }

  /** The requests of a kind since the last call of this method; all are forgotten. */
  List<String> take(String kind) {
    List<String> taken = requests.stream().filter(request -> request.startsWith(kind)).toList();
    requests.clear();
    return taken;
  }

  /** The ticks in short, such as {@code trade 7}, {@code quote 9}, {@code whole 5}. */
  List<String> story() {
    return ticks.ticks().stream().map(Conversation::text).toList();
  }

  /** The ticks of a kind in short. */
  List<String> story(String kind) {
    return story().stream().filter(text -> text.startsWith(kind)).toList();
  }

  static String text(Tick tick) {
    return switch (tick) {
      case Tick.Trade trade -> "trade %d".formatted(trade.id());
      case Tick.Quote quote -> "quote %d".formatted(quote.updateId());
      case Tick.Depth depth ->
          "%s %d %s %s"
              .formatted(
                  depth.snapshot() ? "whole" : "change",
                  depth.lastId(),
                  prices(depth.bids()),
                  prices(depth.asks()));
      case Tick.LastPrice price -> "price " + price.price();
      case Tick.DayStats stats -> "stats " + stats.volume();
      default -> tick.toString();
    };
  }

  private static String prices(List<Level> levels) {
    return levels.stream()
        .map(level -> level.price().toPlainString())
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public void open(String socket, Address.Source address, Duration delay) {
    requests.add("open %s %d".formatted(socket, delay.toMillis()));
    addresses.add(address.get().uri().toString());
  }

  @Override
  public void send(String socket, String text) {
    requests.add("send %s %s".formatted(socket, text));
    if (answers && !deaf) {
      pending.add(
          new Arrival.Frame(
              socket, true, bytes("{\"result\":null,\"id\":%s}".formatted(idOf(text))), now));
    }
  }

  private static String idOf(String request) {
    return request.substring(request.lastIndexOf(':') + 1, request.length() - 1);
  }

  private void confirm() {
    List<Arrival> due = List.copyOf(pending);
    pending.clear();
    due.forEach(this::arrive);
  }

  @Override
  public void close(String socket) {
    open.remove(socket);
    requests.add("close " + socket);
  }

  @Override
  public void call(RestCall call) {
    requests.add(
        "call %s %s"
            .formatted(
                call.name(),
                call.costs().stream()
                    .map(cost -> "%s %d".formatted(cost.budget(), cost.weight()))
                    .collect(Collectors.joining(", "))));
    addresses.add(call.address().get().uri().toString());
  }

  @Override
  public void rest(String budget, Duration pause) {
    requests.add("rest %s %d".formatted(budget, pause.toSeconds()));
  }

  @Override
  public void tell(FeedStatus.State state, @Nullable String reason) {
    told.add("%s %s".formatted(state.name().toLowerCase(Locale.ROOT), reason));
  }

  @Override
  public void fault(String kind, String reason) {
    faults.add(kind);
  }
}
