package dev.tapeline.feed.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SilentLink;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds whatever an exchange and a network do. */
class BinanceReplayTest {

  private static final int STEPS = 3000;

  /** Follows what is shown, and compares each state with the exchange's of the same number. */
  private static final class Follower implements TickListener {
    private final OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
    private final TickBuffer ticks = new TickBuffer();
    private @Nullable TrueBook exchange;
    private int compared;
    private int open;

    @Override
    public void onTick(Tick tick) {
      ticks.onTick(tick);
      open++;
      if (tick instanceof Tick.Depth depth && exchange != null) {
        OrderBook.Outcome outcome = book.apply(depth);
        assertTrue(
            outcome == OrderBook.Outcome.APPLIED || outcome == OrderBook.Outcome.REPLACED,
            () -> outcome + " of " + depth);
        compared++;
        compare(exchange);
      }
    }

    private void compare(TrueBook exchange) {
      long id = book.lastId();
      int bids = Math.min(RandomExchange.LEVELS, book.bids(RandomExchange.LEVELS).size());
      int asks = Math.min(RandomExchange.LEVELS, book.asks(RandomExchange.LEVELS).size());
      assertEquals(exchange.bids(id, bids), book.bids(bids), () -> "bids at " + id);
      assertEquals(exchange.asks(id, asks), book.asks(asks), () -> "asks at " + id);
    }

    @Override
    public void onTime(long millis) {}

    @Override
    public void onFrameEnd() {
      assertTrue(open > 0, "the end of a frame without ticks");
      open = 0;
    }

    @Override
    public void onBatchEnd() {}
  }

  @Property(tries = 25)
  void whatIsShownIsTheExchangesBook(@ForAll long seed) {
    Follower follower = new Follower();
    RandomExchange exchange = new RandomExchange(seed, follower);
    follower.exchange = exchange.book;
    exchange.run(STEPS);
    assertEquals(0, follower.open, "ticks without the end of their frame");
  }

  @Test
  void theComparisonTakesPlace() {
    Follower follower = new Follower();
    RandomExchange exchange = new RandomExchange(7919, follower);
    follower.exchange = exchange.book;
    exchange.run(STEPS);
    assertTrue(follower.compared > 100, () -> "compared only " + follower.compared);
    assertTrue(exchange.faults.contains("book-gap"), exchange.faults::toString);
  }

  @Property(tries = 25)
  void tradesHaveRisingIdsAndNoneIsDoubledOrLostUnsaid(@ForAll long seed) {
    Follower follower = new Follower();
    RandomExchange exchange = new RandomExchange(seed, follower);
    exchange.run(STEPS);
    List<Tick.Trade> trades =
        follower.ticks.ticks().stream()
            .filter(Tick.Trade.class::isInstance)
            .map(Tick.Trade.class::cast)
            .toList();
    List<Long> ids = trades.stream().map(Tick.Trade::id).toList();
    assertEquals(ids.stream().sorted().distinct().toList(), ids);
    long first = ids.getFirst();
    long last = ids.getLast();
    BigDecimal passed =
        trades.stream()
            .map(trade -> Objects.requireNonNull(trade.quantity()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal made = RandomExchange.total(last).subtract(RandomExchange.total(first - 1));
    int missing = made.compareTo(passed);
    assertTrue(
        exchange.faults.contains("trades-lost") ? missing >= 0 : missing == 0,
        () -> "%s of %s".formatted(passed, made));
  }

  @Property(tries = 25)
  void theSameArrivalsGiveTheSameTicks(@ForAll long seed) {
    Follower follower = new Follower();
    RandomExchange exchange = new RandomExchange(seed, follower);
    exchange.run(STEPS);
    List<String> ticks = texts(follower.ticks);
    assertEquals(ticks, replayed(exchange.arrivals));
    List<Arrival> withoutTime =
        exchange.arrivals.stream().filter(arrival -> !(arrival instanceof Arrival.Time)).toList();
    assertEquals(ticks, replayed(withoutTime), "without the arrivals of time");
  }

  private static List<String> replayed(List<Arrival> arrivals) {
    TickBuffer ticks = new TickBuffer();
    BinanceSession session =
        new BinanceSession(RandomExchange.OPTIONS, new SilentLink((_, _) -> {}), _ -> {});
    arrivals.forEach(arrival -> session.onArrival(arrival, ticks));
    return texts(ticks);
  }

  private static List<String> texts(TickBuffer ticks) {
    return new ArrayList<>(ticks.ticks()).stream().map(Tick::toString).toList();
  }
}
