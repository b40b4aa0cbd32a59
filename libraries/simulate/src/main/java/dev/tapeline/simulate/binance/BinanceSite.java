package dev.tapeline.simulate.binance;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.binance.BinanceStream.Kind;
import dev.tapeline.simulate.control.Floor;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.ClientSocket;
import dev.tapeline.simulate.net.HttpCall;
import dev.tapeline.simulate.net.HttpReply;
import dev.tapeline.simulate.net.Json;
import dev.tapeline.simulate.net.Opening;
import dev.tapeline.simulate.net.SocketMessage;
import dev.tapeline.simulate.net.VendorSite;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Binance's streams and REST on one port. Owned by the server's loop. */
final class BinanceSite implements VendorSite {

  private static final int POLICY = 1008;
  private static final int GOING_AWAY = 1001;
  private static final Duration BEFORE_SHUTDOWN = Duration.ofSeconds(1);

  private final BinanceOptions options;
  private final InstantSource clock;
  private final BinanceMarkets markets;
  private final BinanceRest rest;
  private final Set<BinanceSocket> sockets = new LinkedHashSet<>();
  private final Map<String, BinanceBook> slowBooks = new LinkedHashMap<>();
  private final Map<String, BinanceBook> fastBooks = new LinkedHashMap<>();

  BinanceSite(Floor floor, BinanceOptions options) {
    this.options = options;
    this.clock = floor.clock();
    this.markets = new BinanceMarkets(floor.board());
    this.rest =
        new BinanceRest(
            markets, this, new WeightLimit(options.weightPerMinute(), System::nanoTime));
    for (String symbol : markets.symbols()) {
      slowBooks.put(symbol, new BinanceBook());
      fastBooks.put(symbol, new BinanceBook());
    }
    floor.server().every(Duration.ofMillis(100), () -> tellBooks(true));
    floor.server().every(Duration.ofSeconds(1), this::eachSecond);
    floor.server().every(Duration.ofSeconds(2), this::tellCandles);
  }

  long now() {
    return clock.millis();
  }

  void join(BinanceSocket socket) {
    sockets.add(socket);
  }

  void leave(BinanceSocket socket) {
    sockets.remove(socket);
  }

  @Override
  public String vendor() {
    return "binance";
  }

  @Override
  public Opening open(HttpCall call, ClientSocket socket) {
    boolean micros = "MICROSECOND".equalsIgnoreCase(call.parameter("timeUnit"));
    String path = call.path();
    if (path.equals("/stream")) {
      String streams = call.parameter("streams");
      return accepted(socket, true, micros, streams == null ? "" : streams);
    }
    if (path.equals("/ws") || path.startsWith("/ws/")) {
      return accepted(socket, false, micros, path.length() > 4 ? path.substring(4) : "");
    }
    return new Opening.Refused(error(404));
  }

  private Opening accepted(ClientSocket socket, boolean combined, boolean micros, String streams) {
    return new Opening.Accepted(
        new BinanceSocket(
            options, this, socket, combined, micros, List.of(streams.split("/", -1))));
  }

  @Override
  public HttpReply answer(HttpCall call) {
    return rest.answer(call);
  }

  @Override
  public void onMarket(List<Tick> ticks) {
    for (Tick tick : ticks) {
      String symbol = markets.symbol(tick.instrument().key());
      if (symbol != null) {
        onTick(symbol, tick);
      }
    }
  }

  private void onTick(String symbol, Tick tick) {
    switch (tick) {
      case Tick.Trade trade -> {
        tell(symbol, Kind.TRADE, false, BinanceEvents.trade(symbol, trade, now()));
        tell(symbol, Kind.AGG_TRADE, false, BinanceEvents.aggTrade(symbol, trade, now()));
      }
      case Tick.Depth depth -> {
        book(slowBooks, symbol).apply(depth);
        book(fastBooks, symbol).apply(depth);
        tellBest(symbol);
      }
      case Tick.Quote _,
          Tick.LastPrice _,
          Tick.IndexValue _,
          Tick.DayStats _,
          Tick.OpenInterest _,
          Tick.Marks _,
          Tick.SessionStart _ -> {} // no stream tells of them
    }
  }

  private static BinanceBook book(Map<String, BinanceBook> books, String symbol) {
    return books.computeIfAbsent(symbol, _ -> new BinanceBook());
  }

  private void tellBest(String symbol) {
    QuoteState quote = markets.quote(symbol);
    if (quote != null) {
      tell(symbol, Kind.BOOK_TICKER, false, BinanceEvents.bookTicker(symbol, quote));
    }
  }

  private void tell(String symbol, Kind kind, boolean fast, @Nullable ObjectNode event) {
    if (event != null) {
      List.copyOf(sockets).forEach(socket -> socket.tell(symbol, kind, fast, event));
    }
  }

  private void tellBooks(boolean fast) {
    (fast ? fastBooks : slowBooks)
        .forEach((symbol, book) -> {
          if (book.hasChanged()) {
            tell(symbol, Kind.DEPTH, fast, BinanceEvents.depth(symbol, book.take(), now()));
            tellWhole(symbol, fast);
          }
        });
  }

  private void tellWhole(String symbol, boolean fast) {
    QuoteState quote = markets.quote(symbol);
    if (quote == null) {
      return;
    }
    for (Kind kind : List.of(Kind.DEPTH5, Kind.DEPTH10, Kind.DEPTH20)) {
      if (sockets.stream().anyMatch(socket -> socket.isInterested(symbol, kind, fast))) {
        tell(symbol, kind, fast, BinanceEvents.book(quote, kind.levels()));
      }
    }
  }

  private void eachSecond() {
    tellBooks(false);
    for (String symbol : markets.symbols()) {
      QuoteState quote = markets.quote(symbol);
      if (quote != null && quote.last() != null) {
        tell(symbol, Kind.TICKER, false, BinanceEvents.ticker(symbol, quote, now()));
        tell(symbol, Kind.MINI_TICKER, false, BinanceEvents.miniTicker(symbol, quote, now()));
      }
    }
  }

  private void tellCandles() {
    for (String symbol : markets.symbols()) {
      QuoteState quote = markets.quote(symbol);
      if (quote != null) {
        tell(symbol, Kind.KLINE, false, BinanceEvents.kline(symbol, quote, now()));
      }
    }
  }

  @Override
  public SocketMessage unknownMessage(ClientSocket socket) {
    return new SocketMessage.Text("{\"e\":\"unknownEvent\",\"E\":%d,\"s\":\"X\"}".formatted(now()));
  }

  /** Announces the end, and ends a second later. */
  @Override
  public void shutDown(ClientSocket socket) {
    ObjectNode event = Json.object().put("e", "serverShutdown").put("E", now());
    sockets.stream()
        .filter(one -> one.socket().equals(socket))
        .forEach(one -> one.send("!serverShutdown", event));
    socket.after(BEFORE_SHUTDOWN, () -> socket.close(GOING_AWAY, ""));
  }

  /** Market data has no tokens. */
  @Override
  public void expireToken() {}

  @Override
  public void exceedConnections(ClientSocket socket) {
    socket.close(POLICY, "Too many connections");
  }

  @Override
  public HttpReply error(int status) {
    HttpReply reply = BinanceRest.error(status, -1000, "An unknown error occurred.");
    return status == 429 || status == 418 ? reply.with("retry-after", "5") : reply;
  }

  @Override
  public Map<String, BigDecimal> lastPrices() {
    Map<String, BigDecimal> prices = new HashMap<>();
    for (String symbol : markets.symbols()) {
      QuoteState quote = markets.quote(symbol);
      if (quote != null && quote.last() != null) {
        prices.put("BINANCE:" + symbol, quote.last());
      }
    }
    return prices;
  }

  @Override
  public void describe(ObjectNode state) {
    state.put("streams", sockets.stream().mapToInt(one -> one.subscriptions().size()).sum());
  }
}
