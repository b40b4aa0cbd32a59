package dev.tapeline.server.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.simulate.net.Fault;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A rig of an exchange whose market is a {@link MarketScript} of one instrument. */
abstract class ScriptedRig extends VendorRig {

  final MarketScript script;
  private final Instrument watched;

  /**
   * @param traded the instrument as the simulator has it
   * @param watched the same as the feed has it
   */
  ScriptedRig(Instrument traded, Instrument watched) {
    this.script = new MarketScript(traded, clock);
    this.watched = watched;
  }

  /** Lets a trade happen, and the book change. */
  void trade() {
    script.trade(control());
  }

  /** Lets so many trades happen. */
  void trade(int count) {
    for (int i = 0; i < count; i++) {
      trade();
    }
  }

  /** Waits until the last price is that of the simulator. */
  void awaitPrice() {
    Await.until(
        () -> {
          BigDecimal last = seen.last(watched);
          BigDecimal told = simulator().lastPrice(script.key());
          return last != null && told != null && last.compareTo(told) == 0;
        },
        this::told);
  }

  /** Waits until the newest trade is that of the script. */
  void awaitTrade() {
    String newest = script.trades().getLast();
    Await.until(
        () -> {
          List<String> trades = seen.trades(watched);
          return !trades.isEmpty() && trades.getLast().equals(newest);
        },
        this::told);
  }

  /** Waits until no fault goes on any more. */
  void awaitNoFaults() {
    Await.until(() -> control().state().path("faults").isEmpty(), this::told);
  }

  /** Waits until the book is that of the script. */
  void awaitBook() {
    Await.until(() -> script.hasBook(seen.book(watched)), this::told);
  }

  /** Price and book are right, stay so as the market goes on, and no trade is missing. */
  void assertUpToDate() {
    awaitPrice();
    awaitBook();
    trade();
    awaitPrice();
    awaitTrade();
    awaitBook();
    assertNoTradeIsMissing();
  }

  /**
   * A fault ends the socket; after another one everything is right, without a trade missing.
   *
   * @param problem the beginning of the first state that is told
   */
  void assertReconnects(Fault fault, String problem) {
    inject(fault);
    trade(3);
    awaitState(problem);
    awaitLive();
    assertUpToDate();
    assertTrue(seen.states().getFirst().startsWith(problem), seen.states()::toString);
    assertEquals(Map.of(), faults());
    assertEquals(2, opened());
  }

  /** The trades that were seen are the newest ones, in order and each once. */
  void assertNoTradeIsMissing() {
    List<String> trades = seen.trades(watched);
    List<String> all = script.trades();
    assertEquals(all.subList(all.size() - trades.size(), all.size()), trades);
  }

  @Override
  String prices() {
    return "last %s, book %s, trades %s"
        .formatted(seen.last(watched), seen.book(watched), seen.trades(watched));
  }
}
