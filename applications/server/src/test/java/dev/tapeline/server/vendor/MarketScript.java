package dev.tapeline.server.vendor;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.simulate.control.SimulatorControl;
import dev.tapeline.simulate.market.ScriptedSource;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A market of one instrument in which nothing happens but what a test says. Each trade has another
 * price, and takes a level of the book away while another comes. Owned by the test's thread.
 */
final class MarketScript {

  private static final int LEVELS = 10;
  private static final int FIRST_PRICE = 60_000;

  private final Instrument traded;
  private final InstantSource clock;
  private final ScriptedSource source;
  private final Map<BigDecimal, BigDecimal> book = new HashMap<>();
  private final List<String> trades = new ArrayList<>();
  private long tradeId;
  private long bookId = 1;

  MarketScript(Instrument traded, InstantSource clock) {
    this.traded = traded;
    this.clock = clock;
    this.source = new ScriptedSource(List.of(traded));
  }

  /** The market, for a simulator. */
  ScriptedSource source() {
    return source;
  }

  /** The key of the instrument at the simulator. */
  String key() {
    return traded.key();
  }

  private Times now() {
    return new Times(clock.millis(), clock.millis());
  }

  /** Opens the book and lets the first trade happen. */
  void open(SimulatorControl control) {
    List<Level> bids = new ArrayList<>();
    List<Level> asks = new ArrayList<>();
    for (int i = 1; i <= LEVELS; i++) {
      bids.add(level(FIRST_PRICE - i, 1));
      asks.add(level(FIRST_PRICE + 100 + i, -1));
    }
    tell(new Tick.Depth(traded, now(), true, bookId, bookId, bids, asks, null), control);
    trade(control);
  }

  /** A level of the book; a negative quantity is one of asks. */
  private Level level(int price, int quantity) {
    BigDecimal at = new BigDecimal(price + ".00");
    book.put(at.stripTrailingZeros(), BigDecimal.valueOf(quantity));
    return new Level(at, new BigDecimal(Math.abs(quantity) + ".00000"));
  }

  private void tell(Tick tick, SimulatorControl control) {
    source.tell(tick);
    var _ = control.state(); // done on the loop after it
  }

  /** Lets a trade happen and the book change, and waits until the simulator knows it. */
  void trade(SimulatorControl control) {
    tradeId++;
    String price = FIRST_PRICE + tradeId + ".25";
    trades.add(price);
    BigDecimal quantity = new BigDecimal("0.50000");
    tell(
        new Tick.Trade(traded, now(), tradeId, new BigDecimal(price), quantity, Side.BUY, null),
        control);
    bookId++;
    List<Level> bids = List.of(level(FIRST_PRICE - 1, (int) tradeId + 1));
    List<Level> asks = List.of(level(FIRST_PRICE + 200 + (int) tradeId, -3));
    tell(new Tick.Depth(traded, now(), false, bookId, bookId, bids, asks, null), control);
  }

  /** The prices of all trades that have happened. */
  List<String> trades() {
    return List.copyOf(trades);
  }

  /** Whether a book is as it is here: the quantity at each price, that of asks negative. */
  boolean hasBook(Map<BigDecimal, BigDecimal> shown) {
    Map<BigDecimal, BigDecimal> stripped = new HashMap<>();
    shown.forEach((price, quantity) ->
        stripped.put(price.stripTrailingZeros(), quantity.stripTrailingZeros()));
    Map<BigDecimal, BigDecimal> right = new HashMap<>();
    book.forEach((price, quantity) -> right.put(price, quantity.stripTrailingZeros()));
    return stripped.equals(right);
  }
}
