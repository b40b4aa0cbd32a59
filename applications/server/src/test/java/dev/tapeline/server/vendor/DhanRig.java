package dev.tapeline.server.vendor;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.dhan.DhanOptions;
import dev.tapeline.feed.dhan.DhanVendor;
import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.dhan.rest.ChainLegs;
import dev.tapeline.feed.dhan.rest.DhanAccount;
import dev.tapeline.feed.net.LiveFeed;
import dev.tapeline.feed.net.NetSettings;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.feed.vendor.SecretSource;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.control.VendorSimulator;
import dev.tapeline.simulate.dhan.DhanSimulator;
import dev.tapeline.simulate.market.ScriptedSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real feed of Dhan's at its simulator, with a scripted market that is told at once. Owned by the
 * test's thread.
 */
final class DhanRig extends VendorRig {

  static final Instrument NIFTY = new Instrument.Index(reference("NIFTY", "IDX_I", "13"));
  static final Instrument HDFCBANK = share("HDFCBANK", "1333");
  static final Instrument TCS = share("TCS", "11536");
  static final Instrument RELIANCE = share("RELIANCE", "2885");

  private static final Duration PING = Duration.ofSeconds(3);

  final DhanSimulator simulator;
  private final LiveFeed feed;
  private final Path token;
  private final AtomicInteger answers = new AtomicInteger();
  private final ScriptedSource market = new ScriptedSource(List.of(NIFTY, HDFCBANK, TCS, RELIANCE));

  /**
   * @param token the file of the access token, which is made
   */
  DhanRig(Path token, DhanOptions.Limits limits) {
    this.token = token;
    simulator =
        DhanSimulator.start(
            dev.tapeline.simulate.dhan.DhanOptions.of(SimulatorOptions.usual().with(market, clock))
                .limited(false)
                .with(
                    new dev.tapeline.simulate.dhan.DhanOptions.Pace(
                        Duration.ZERO, PING, Duration.ofMinutes(1))));
    renewToken(dev.tapeline.simulate.dhan.DhanAccount.USUAL.token());
    DhanVendor vendor =
        new DhanVendor(options(limits), DhanVendor.Parts.of(TradingHours.ALWAYS, new NoLegs()));
    feed = new LiveFeed("dhan", vendor, NetSettings.DEFAULT, tap(), clock);
    index("24300.05");
    trade(HDFCBANK, "1642.35");
    trade(TCS, "3010.10");
    trade(RELIANCE, "1405.50");
    feed.start(seen, seen);
  }

  DhanRig(Path token) {
    this(token, DhanOptions.Limits.VENDOR);
  }

  private ArrivalTap tap() {
    return arrival -> {
      if (arrival instanceof Arrival.Answer || arrival instanceof Arrival.Unanswered) {
        answers.incrementAndGet();
      }
    };
  }

  private static Reference reference(String symbol, String segment, String id) {
    return new Reference(symbol, segment, id, symbol, new BigDecimal("0.05"));
  }

  private static Instrument share(String symbol, String id) {
    return new Instrument.Share(reference(symbol, "NSE_EQ", id));
  }

  private DhanOptions options(DhanOptions.Limits limits) {
    URI sockets = URI.create("ws://127.0.0.1:" + simulator.port());
    URI rest = URI.create("http://127.0.0.1:" + simulator.port());
    DhanOptions own =
        DhanOptions.of(
            dev.tapeline.simulate.dhan.DhanAccount.USUAL::clientId,
            SecretSource.ofFile(token)::get);
    return new DhanOptions(
        new DhanAccount(
            own.account().clientId(), own.account().accessToken(), rest.resolve("/v2"), rest),
        new DhanOptions.Sockets(
            sockets.resolve("/"),
            sockets.resolve("/twentydepth"),
            sockets.resolve("/twohundreddepth"),
            sockets.resolve("/")),
        limits,
        own.deepBooks(),
        FeedMode.QUOTE,
        own.tradeTimeAhead(),
        own.chainInterval(),
        own.tokens(),
        false,
        own.budgets(),
        1);
  }

  /** No option is known. */
  private static final class NoLegs implements ChainLegs {
    @Override
    public @Nullable Instrument underlying(String symbol) {
      return null;
    }

    @Override
    public @Nullable Instrument leg(
        ChainKey chain, BigDecimal strike, Instrument.Right right, @Nullable String securityId) {
      return null;
    }
  }

  /** Puts an access token into the file. */
  void renewToken(String secret) {
    try {
      Files.writeString(token, secret);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Times now() {
    return new Times(clock.millis(), clock.millis());
  }

  /** Lets a trade happen, and waits until the simulator knows it. */
  void trade(Instrument instrument, String price) {
    tell(
        new Tick.Trade(
            instrument, now(), Tick.NO_ID, new BigDecimal(price), BigDecimal.TEN, Side.BUY, null));
  }

  /** Lets the index have another value. */
  void index(String value) {
    tell(new Tick.IndexValue(NIFTY, now(), new BigDecimal(value)));
  }

  private void tell(Tick tick) {
    market.tell(tick);
    var _ = simulator.control().state(); // done on the loop after it
  }

  /** Watches these and waits for the prices of all, and the answer to the call at the opening. */
  void watch(Instrument... instruments) {
    Map<Instrument, Detail> details = new HashMap<>();
    for (Instrument one : instruments) {
      details.put(one, Detail.QUOTE);
    }
    feed.watch(Watchlist.of(details));
    awaitLive();
    awaitPrices(instruments);
    awaitAnswers(1);
    seen.forgetStates();
  }

  /** Watches HDFCBANK, and asks for the price of TCS. */
  void askForTcs() {
    feed.watch(new Watchlist(Map.of(HDFCBANK, Detail.QUOTE), Set.of(), Set.of(TCS), Set.of()));
  }

  /** Lets time pass while prices come, so that nothing is silent. */
  void pass(Duration time) {
    Duration step = Duration.ofSeconds(4);
    BigDecimal price = new BigDecimal("1650");
    for (Duration left = time; left.isPositive(); left = left.minus(step)) {
      price = price.add(new BigDecimal("0.05"));
      clock.jump(step);
      trade(HDFCBANK, price.toPlainString());
      awaitPrices(HDFCBANK);
    }
  }

  /** Waits until so many calls have been answered, or not. */
  void awaitAnswers(int count) {
    Await.until(() -> answers.get() >= count, () -> answers + " answers");
  }

  /** Waits until the last prices of these are those of the simulator. */
  void awaitPrices(Instrument... instruments) {
    for (Instrument one : instruments) {
      Await.until(() -> isUpToDate(one), () -> one.key() + " at " + seen.last(one));
    }
  }

  private boolean isUpToDate(Instrument instrument) {
    BigDecimal last = seen.last(instrument);
    BigDecimal told = Objects.requireNonNull(simulator.lastPrice(instrument.key()));
    return last != null && last.compareTo(told) == 0;
  }

  @Override
  LiveFeed feed() {
    return feed;
  }

  @Override
  VendorSimulator<?> simulator() {
    return simulator;
  }

  @Override
  String prices() {
    return "HDFCBANK at " + seen.last(HDFCBANK);
  }
}
