package dev.tapeline.feed.dhan;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.dhan.order.OrderUpdate;
import dev.tapeline.feed.dhan.order.OrderUpdateListener;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.dhan.rest.ChainLegs;
import dev.tapeline.feed.dhan.token.TokenKeeper;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Plays arrivals to a session, and writes down what it does: {@code open feed-1 200} with the delay
 * in ms rounded down to that of the table, {@code send}, {@code close}, {@code call}, {@code rest},
 * {@code tell}, {@code fault}.
 */
final class Script
    implements VendorLink, TradingHours, ChainLegs, TokenKeeper, OrderUpdateListener {

  private static final long[] DELAYS = {
    300_000, 120_000, 60_000, 30_000, 20_000, 10_000, 5_000, 2_000, 1_000, 200, 0
  };

  final TickBuffer ticks = new TickBuffer();
  final Map<String, RestCall> calls = new HashMap<>();
  final Map<String, Address.Source> addresses = new HashMap<>();
  final List<String> tokens = new ArrayList<>();
  final List<String> orders = new ArrayList<>();
  final DhanVendor vendor;
  final VendorSession session;
  final List<String> done = new ArrayList<>();

  long now = Dhan.TEN;
  boolean open = true;
  Predicate<Instrument> preOpen = _ -> false;
  String token = "token-1";
  boolean mayMake = true;

  Script(UnaryOperator<DhanOptions> change) {
    vendor =
        new DhanVendor(
            change.apply(DhanOptions.of(() -> "1000", this::token)),
            new DhanVendor.Parts(this, this, this, this));
    session = vendor.converse(this);
  }

  /** A session with these limits. */
  static Script limited(int connections, int instruments) {
    return new Script(o ->
        new DhanOptions(
            o.account(),
            o.sockets(),
            new DhanOptions.Limits(connections, instruments, 100, o.limits().pause()),
            o.deepBooks(),
            o.mode(),
            o.tradeTimeAhead(),
            o.chainInterval(),
            o.tokens(),
            o.orderUpdates(),
            o.budgets(),
            o.seed()));
  }

  /** Goes live with one share. */
  Script live() {
    watch(Map.of(Dhan.HDFCBANK, Detail.QUOTE)).opened("feed-1");
    frame("feed-1", Dhan.quote(1333, "100", 5, Dhan.TEN_SENT, 1000));
    took();
    told();
    return this;
  }

  /** Shares by their ids, from 1. */
  static Map<Instrument, Detail> shares(int count) {
    Map<Instrument, Detail> shares = new HashMap<>();
    IntStream.rangeClosed(1, count).forEach(id -> shares.put(Dhan.share(id), Detail.QUOTE));
    return shares;
  }

  private String token() {
    if (token == null) {
      throw new FeedException("DHANHQ_ACCESS_TOKEN is not set");
    }
    return token;
  }

  // What arrives.

  Script watch(Map<Instrument, Detail> instruments) {
    return watch(instruments, Set.of());
  }

  Script watch(Map<Instrument, Detail> instruments, Set<ChainKey> chains) {
    return arrive(new Arrival.Watch(new Watchlist(instruments, chains), now));
  }

  Script opened(String socket) {
    return arrive(new Arrival.Opened(socket, now));
  }

  Script frame(String socket, byte[] payload) {
    return arrive(new Arrival.Frame(socket, false, payload, now));
  }

  Script text(String socket, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return arrive(new Arrival.Frame(socket, true, bytes, now));
  }

  Script pinged(String socket) {
    return arrive(new Arrival.Pinged(socket, now));
  }

  Script reset(String socket) {
    return ended(socket, new SocketEnd.Broken("reset by the vendor"));
  }

  Script ended(String socket, SocketEnd end) {
    return arrive(new Arrival.Ended(socket, end, now));
  }

  Script answer(String call, int status, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return arrive(new Arrival.Answer(call, status, bytes, now));
  }

  Script unanswered(String call) {
    return arrive(new Arrival.Unanswered(call, "no answer within 10 s", now));
  }

  /** Time passes, ten times a second. */
  Script pass(double seconds) {
    long end = now + (long) (seconds * 1000);
    while (now < end) {
      now = Math.min(end, now + 100);
      arrive(new Arrival.Time(now));
    }
    return this;
  }

  /** Time passes with a ping every 10 s on these sockets. */
  Script passPinged(int seconds, String... sockets) {
    for (int i = 0; i < seconds; i += 10) {
      pass(10);
      for (String socket : sockets) {
        pinged(socket);
      }
    }
    return this;
  }

  Script arrive(Arrival arrival) {
    session.onArrival(arrival, ticks);
    return this;
  }

  // What the session does.

  @Override
  public void open(String socket, Address.Source address, Duration delay) {
    addresses.put(socket, address);
    long millis = delay.toMillis();
    for (long known : DELAYS) {
      if (millis >= known) {
        done.add("open %s %d".formatted(socket, known));
        return;
      }
    }
  }

  @Override
  public void send(String socket, String text) {
    done.add("send %s %s".formatted(socket, text.replace("\"", "")));
  }

  @Override
  public void close(String socket) {
    done.add("close " + socket);
  }

  @Override
  public void call(RestCall call) {
    calls.put(call.name(), call);
    done.add("call " + call.name());
  }

  @Override
  public void rest(String budget, Duration pause) {
    done.add("rest %s %s".formatted(budget, pause));
  }

  @Override
  public void tell(FeedStatus.State state, String reason) {
    done.add("tell %s%s".formatted(state, reason == null ? "" : " " + reason));
  }

  @Override
  public void fault(String kind, String reason) {
    done.add("fault %s: %s".formatted(kind, reason));
  }

  /** What was done since the last time, without the tries to seed. */
  List<String> took() {
    List<String> took = List.copyOf(done);
    done.clear();
    return took;
  }

  /** What was done since the last time that begins with this. */
  List<String> took(String begin) {
    return took().stream().filter(line -> line.startsWith(begin)).toList();
  }

  /** The ticks since the last time. */
  List<Tick> told() {
    List<Tick> told = List.copyOf(ticks.ticks());
    ticks.clear();
    return told;
  }

  /** The kinds of the ticks since the last time. */
  List<String> kinds() {
    return told().stream().map(tick -> tick.getClass().getSimpleName()).toList();
  }

  // What it asks.

  @Override
  public boolean isOpen(long millis) {
    return open;
  }

  @Override
  public boolean isPreOpen(Instrument instrument, long millis) {
    return preOpen.test(instrument);
  }

  @Override
  public boolean isBeforeClose(Instrument instrument, long millis) {
    return open;
  }

  @Override
  public void onOrderUpdate(OrderUpdate update, long filled) {
    orders.add("%s %s %d".formatted(update.orderNo(), update.status(), filled));
  }

  @Override
  public void onListening(long since, long time) {
    orders.add("listening since %d".formatted(since == 0 ? 0 : since - Dhan.TEN));
  }

  @Override
  public void onTime(long time) {}

  @Override
  public boolean mayMake() {
    return mayMake;
  }

  @Override
  public void keep(String made, long ends) {
    tokens.add(made);
    token = made;
  }

  @Override
  public Instrument underlying(String symbol) {
    return switch (symbol) {
      case "NIFTY" -> Dhan.NIFTY;
      case "HDFCBANK" -> Dhan.HDFCBANK;
      default -> null;
    };
  }

  @Override
  public Instrument leg(
      ChainKey chain, BigDecimal strike, Instrument.Right right, String securityId) {
    return strike.intValue() == 24_000 && right == Instrument.Right.CALL ? Dhan.OPTION : null;
  }
}
