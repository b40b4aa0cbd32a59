package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The latest figures of all instruments of a {@link SimulatedMarket}: after each step, what its
 * ticks add up to. It reads them from the market when it is asked, so that it costs nothing
 * otherwise, and is to be asked on the market's thread; the answers never change.
 */
public final class MarketBoard {

  private final List<Quoted> lasting;
  private final SimulatedDerivatives derivatives;
  private final Map<String, Quoted> byKey = new HashMap<>();
  private final Map<String, Quoted> bySymbol = new HashMap<>();
  private boolean isCurrent;

  MarketBoard(List<Quoted> lasting, SimulatedDerivatives derivatives) {
    this.lasting = lasting;
    this.derivatives = derivatives;
  }

  /** Forgets what was listed before. */
  void relisted() {
    isCurrent = false;
  }

  /** The figures of the instrument with this symbol; empty if it is not listed now. */
  public Optional<SimulatedQuote> bySymbol(String symbol) {
    index();
    return Optional.ofNullable(bySymbol.get(symbol)).map(Quoted::quote);
  }

  /**
   * The figures of the instrument with this key, as in {@code NSE_EQ:1333}; empty if it is not
   * listed now.
   */
  public Optional<SimulatedQuote> byKey(String key) {
    index();
    return Optional.ofNullable(byKey.get(key)).map(Quoted::quote);
  }

  /** The figures of all instruments, indices first. */
  public List<SimulatedQuote> all() {
    return quoted().map(Quoted::quote).toList();
  }

  /** All instruments that are listed, indices first. */
  public List<Instrument> instruments() {
    return quoted().map(Quoted::instrument).toList();
  }

  /** The expiries of the options on the underlying with this symbol, the next one first. */
  public List<LocalDate> expiries(String underlying) {
    return chains(underlying).map(SimulatedChain::expiry).toList();
  }

  /** An option chain; empty if it is not listed now. */
  public Optional<ChainView> chain(ChainKey key) {
    return chains(key.underlying())
        .filter(chain -> chain.expiry().equals(key.expiry()))
        .findFirst()
        .map(ChainView::of);
  }

  /** The option chains on the underlying with this symbol, the next expiry first. */
  Stream<SimulatedChain> chains(String underlying) {
    return Stream.of(Underlying.values())
        .filter(each -> each.name().equals(underlying))
        .map(derivatives::chains)
        .flatMap(Collection::stream);
  }

  private Stream<Quoted> quoted() {
    return Stream.concat(lasting.stream(), derivatives.quoted());
  }

  private void index() {
    if (!isCurrent) {
      byKey.clear();
      bySymbol.clear();
      quoted()
          .forEach(each -> {
            byKey.put(each.instrument().key(), each);
            bySymbol.put(each.instrument().symbol(), each);
          });
      isCurrent = true;
    }
  }
}
