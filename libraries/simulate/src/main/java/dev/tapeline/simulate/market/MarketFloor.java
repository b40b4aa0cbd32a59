package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A market and the derivatives that follow it, with the board of both. Owned by the server's loop.
 */
public final class MarketFloor {

  private final QuoteBoard board;
  private final List<Followed> followed = new ArrayList<>();

  private record Followed(String priceKey, DerivativesMarket market) {}

  /** The floor of these instruments, and of those derivatives that are not among them. */
  public MarketFloor(List<Instrument> instruments, List<Derivatives> derivatives, long seed) {
    List<Instrument> all = new ArrayList<>(instruments);
    for (Derivatives one : derivatives) {
      if (!one.areIn(instruments)) {
        DerivativesMarket market = one.open(seed + followed.size());
        followed.add(new Followed(one.priceKey(), market));
        all.addAll(market.instruments());
      }
    }
    board = new QuoteBoard(all);
  }

  public QuoteBoard board() {
    return board;
  }

  /** Applies a batch; returns it with what has happened to the derivatives. */
  public List<Tick> apply(List<Tick> batch) {
    List<Tick> all = new ArrayList<>(batch);
    Set<String> moved = new HashSet<>();
    for (Tick tick : batch) {
      board.apply(tick);
      moved.add(tick.instrument().key());
    }
    for (Followed one : followed) {
      QuoteState quote = board.quote(one.priceKey());
      BigDecimal price = quote == null ? null : quote.middle();
      if (moved.contains(one.priceKey()) && price != null) {
        List<Tick> ticks = one.market().step(price, board.now());
        ticks.forEach(board::apply);
        all.addAll(ticks);
      }
    }
    return all;
  }
}
