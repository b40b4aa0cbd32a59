package dev.tapeline.feed.binance;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An exchange with one symbol, and a network, that do whatever they can: connections that break,
 * end, and carry events late and cut differently, calls that fail, answers from long ago.
 */
final class RandomExchange implements VendorLink {

  static final int LEVELS = 5;
  private static final int LIMIT = 20;
  private static final Instrument PAIR = Instrument.binance("BTCUSDT");

  static final BinanceOptions OPTIONS =
      new BinanceOptions(
          BinanceOptions.Hosts.DEFAULT,
          new BinanceOptions.Books(DepthSpeed.FAST, LEVELS, LIMIT, Duration.ofMillis(100)),
          new BinanceOptions.Connections(1024, Duration.ofSeconds(40), 7),
          false);

  /** A connection, with the number of the last change that was sent on it. */
  private static final class Line {
    private long opensAt;
    private boolean open;
    private long sent;
    private final List<String> unconfirmed = new ArrayList<>();
  }

  private final Random random;
  final TrueBook book;
  final List<Arrival> arrivals = new ArrayList<>();
  final List<String> faults = new ArrayList<>();
  private final Consumer<Arrival> session;
  private final Map<String, Line> lines = new TreeMap<>();
  private final Map<String, Long> calls = new HashMap<>();
  private final Map<String, String> addresses = new HashMap<>();
  private final List<Arrival> due = new ArrayList<>();
  private long trades;
  private long now = 1_700_000_000_000L;

  RandomExchange(long seed, TickListener out) {
    this.random = new Random(seed);
    this.book = new TrueBook(random);
    BinanceSession binance = new BinanceSession(OPTIONS, this, _ -> {});
    this.session = arrival -> binance.onArrival(arrival, out);
    book.change();
  }

  /** Runs for so many steps of 20 ms. */
  void run(int steps) {
    watch(Detail.BOOK);
    for (int step = 0; step < steps; step++) {
      now += 20;
      if (step % 5 == 0) {
        arrive(new Arrival.Time(now));
      }
      if (random.nextInt(500) == 0) {
        watch(Detail.values()[random.nextInt(3)]);
        watch(Detail.BOOK);
      }
      trade();
      change();
      lines.forEach(this::network);
      answer();
      deliver();
    }
  }

  private void watch(Detail detail) {
    arrive(new Arrival.Watch(Watchlist.of(Map.of(PAIR, detail)), now));
  }

  private void trade() {
    if (random.nextInt(4) == 0) {
      trades++;
      lines.forEach((name, line) -> {
        if (line.open) {
          frame(name, tradeJson(trades));
        }
      });
    }
  }

  private String tradeJson(long id) {
    return """
    {"stream":"btcusdt@trade","data":{"e":"trade","E":%d,"s":"BTCUSDT","t":%d,"p":"1","q":"%d",\
    "T":%d,"m":true}}\
    """
        .formatted(now, id, quantity(id), now);
  }

  static long quantity(long id) {
    return 1 + id % 7;
  }

  private void change() {
    if (random.nextInt(3) == 0) {
      book.change();
      lines.forEach((name, line) -> {
        if (line.open && random.nextBoolean()) {
          frame(name, quoteJson(book.quote(book.lastId())));
        }
      });
    }
  }

  private static String quoteJson(Tick.Quote quote) {
    return """
    {"stream":"btcusdt@bookTicker","data":{"u":%d,"s":"BTCUSDT","b":"%s","B":"%s","a":"%s",\
    "A":"%s"}}\
    """
        .formatted(
            quote.updateId(),
            quote.bid() == null ? "0" : quote.bid().price(),
            quote.bid() == null ? "0" : quote.bid().quantity(),
            quote.ask() == null ? "0" : quote.ask().price(),
            quote.ask() == null ? "0" : quote.ask().quantity());
  }

  private void network(String name, Line line) {
    if (line.opensAt != 0 && now >= line.opensAt) {
      line.opensAt = 0;
      line.open = random.nextInt(4) != 0;
      line.sent = book.lastId();
      due.add(
          line.open
              ? new Arrival.Opened(name, now)
              : new Arrival.Ended(name, new SocketEnd.Refused(503, "busy"), now));
    }
    if (!line.open) {
      return;
    }
    if (!line.unconfirmed.isEmpty() && random.nextInt(10) == 0) {
      frame(name, "{\"result\":null,\"id\":%s}".formatted(line.unconfirmed.removeFirst()));
    }
    if (line.sent < book.lastId() && random.nextInt(6) == 0) {
      long last = line.sent + 1 + random.nextLong(book.lastId() - line.sent);
      if (random.nextInt(100) != 0) { // else it is lost
        frame(name, changeJson(book.event(line.sent + 1, last)));
      }
      line.sent = last;
    }
    misfortune(name, line);
  }

  private void misfortune(String name, Line line) {
    if (random.nextInt(1500) == 0) {
      line.open = false;
      line.unconfirmed.clear();
      due.add(new Arrival.Ended(name, new SocketEnd.Broken("reset"), now));
    } else if (random.nextInt(2000) == 0) {
      frame(name, "{\"e\":\"serverShutdown\",\"E\":1}");
    } else if (random.nextInt(500) == 0) {
      due.add(new Arrival.Pinged(name, now));
    }
  }

  private String changeJson(Tick.Depth change) {
    return """
    {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":%d,"s":"BTCUSDT","U":%d,\
    "u":%d,"b":%s,"a":%s}}\
    """
        .formatted(
            now, change.firstId(), change.lastId(), json(change.bids()), json(change.asks()));
  }

  private static String json(List<Level> levels) {
    return levels.stream()
        .map(level -> "[\"%s\",\"%s\"]".formatted(level.price(), level.quantity()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private void answer() {
    for (String call : List.copyOf(calls.keySet())) {
      if (random.nextInt(15) == 0) {
        long asked = calls.remove(call);
        due.add(answerTo(call, asked));
      }
    }
  }

  private Arrival answerTo(String call, long asked) {
    return switch (random.nextInt(12)) {
      case 0 -> new Arrival.Unanswered(call, "timeout", now);
      case 1 -> new Arrival.Answer(call, 500, new byte[0], now);
      case 2 -> new Arrival.Answer(call, 200, Conversation.bytes("<html>"), now);
      default -> new Arrival.Answer(call, 200, Conversation.bytes(body(call, asked)), now);
    };
  }

  private String body(String call, long asked) {
    if (call.startsWith("aggTrades")) {
      return aggregates(call);
    } else if (call.startsWith("exchangeInfo")) {
      return "{\"symbols\":[]}";
    }
    long id = Math.max(1, random.nextInt(4) == 0 ? asked - random.nextInt(30) : book.lastId());
    Tick.Depth snapshot = book.snapshot(id, LIMIT);
    return "{\"lastUpdateId\":%d,\"bids\":%s,\"asks\":%s}"
        .formatted(id, json(snapshot.bids()), json(snapshot.asks()));
  }

  /** Each aggregate has three trades: the times of trades are no help here, so all are sent. */
  private String aggregates(String call) {
    List<String> all = new ArrayList<>();
    String from = String.valueOf(addresses.get(call)).replaceAll(".*fromId=(\\d+).*", "$1");
    long first = from.startsWith("http") ? Math.max(0, trades / 3 - 250) : Long.parseLong(from);
    for (long number = first; number * 3 + 3 <= trades && all.size() < 1000; number++) {
      long begin = number * 3 + 1;
      all.add(
          "{\"a\":%d,\"f\":%d,\"l\":%d,\"p\":\"1\",\"q\":\"%d\",\"T\":5,\"m\":true}"
              .formatted(
                  number,
                  begin,
                  begin + 2,
                  quantity(begin) + quantity(begin + 1) + quantity(begin + 2)));
    }
    return all.stream().collect(Collectors.joining(",", "[", "]"));
  }

  private void frame(String socket, String json) {
    due.add(new Arrival.Frame(socket, true, Conversation.bytes(json), now));
  }

  private void deliver() {
    List<Arrival> all = List.copyOf(due);
    due.clear();
    for (Arrival arrival : all) {
      boolean isClosed =
          arrival instanceof Arrival.Frame frame && !isOpen(frame.socket())
              || arrival instanceof Arrival.Pinged ping && !isOpen(ping.socket());
      if (!isClosed) {
        arrive(arrival);
      }
    }
  }

  private boolean isOpen(String socket) {
    Line line = lines.get(socket);
    return line != null && line.open;
  }

  private void arrive(Arrival arrival) {
    arrivals.add(arrival);
    session.accept(arrival);
  }

  /** How many trades there were. */
  long trades() {
    return trades;
  }

  static BigDecimal total(long trades) {
    BigDecimal total = BigDecimal.ZERO;
    for (long id = 1; id <= trades; id++) {
      total = total.add(BigDecimal.valueOf(quantity(id)));
    }
    return total;
  }

  @Override
  public void open(String socket, Address.Source address, Duration delay) {
    Line line = new Line();
    line.opensAt = now + 1 + delay.toMillis();
    lines.put(socket, line);
  }

  @Override
  public void send(String socket, String text) {
    Line line = lines.get(socket);
    if (line != null && line.open) {
      line.unconfirmed.add(text.substring(text.lastIndexOf(':') + 1, text.length() - 1));
    }
  }

  @Override
  public void close(String socket) {
    Line line = lines.get(socket);
    if (line != null) {
      line.open = false;
      line.opensAt = 0;
    }
  }

  @Override
  public void call(RestCall call) {
    calls.put(call.name(), book.lastId());
    addresses.put(call.name(), call.address().get().uri().toString());
  }

  @Override
  public void rest(String budget, Duration pause) {}

  @Override
  public void tell(FeedStatus.State state, @Nullable String reason) {}

  @Override
  public void fault(String kind, String reason) {
    faults.add(kind);
  }
}
