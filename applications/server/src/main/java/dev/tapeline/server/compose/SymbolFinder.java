package dev.tapeline.server.compose;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.InstrumentQuery;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.watch.InstrumentFinder;
import dev.tapeline.server.vendor.SymbolRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the instrument of a symbol: among those that are known, or else by asking the sources of
 * this node, in their order. What a source has becomes known. Owned by the thread that plans.
 */
final class SymbolFinder implements InstrumentFinder {

  private static final int MAX_REMEMBERED = 10_000;

  /** Many times as many as the longest chain has. */
  private static final int MAX_LEGS = 4_000;

  private static final Logger log = LoggerFactory.getLogger(SymbolFinder.class);

  private final Instruments instruments;
  private final Map<String, SymbolRange> sources;

  /** The symbols whose clash has been told. */
  private final Map<String, String> clashes = new HashMap<>();

  /**
   * @param sources the ranges of sources, by their names, in the order in which they are asked
   */
  SymbolFinder(Instruments instruments, Map<String, SymbolRange> sources) {
    this.instruments = instruments;
    this.sources = sources;
  }

  @Override
  public @Nullable Found find(String symbol) {
    Instrument known = instruments.bySymbol(symbol).orElse(null);
    String source = instruments.sourceOf(symbol).orElse(null);
    if (known != null && source != null) {
      return found(source, known);
    }
    return made(symbol, _ -> true);
  }

  /** What the first source makes of a symbol, among those that make what is wanted. */
  private @Nullable Found made(String symbol, Predicate<Instrument> wanted) {
    for (Map.Entry<String, SymbolRange> entry : sources.entrySet()) {
      Instrument made = entry.getValue().instrument(symbol);
      if (made != null && wanted.test(made)) {
        return found(entry.getKey(), made);
      }
    }
    return null;
  }

  @Override
  public @Nullable Found findKey(String key) {
    Instrument known = instruments.byKey(key).orElse(null);
    return known == null
        ? made(key.substring(key.indexOf(':') + 1), made -> made.key().equals(key))
        : find(known.symbol());
  }

  /** As the list of its vendor says; a source without a list has no derivatives of shares. */
  @Override
  public boolean hasDerivatives(Found found) {
    return instruments
        .catalogueOf(found.source())
        .filter(list -> !list.expiries(found.instrument().symbol()).isEmpty())
        .isPresent();
  }

  @Override
  public List<Instrument> legs(ChainKey chain) {
    InstrumentQuery query = new InstrumentQuery("", chain.underlying(), chain.expiry(), null, null);
    return instruments.search(query, MAX_LEGS).stream()
        .filter(Instrument.Option.class::isInstance)
        .toList();
  }

  private @Nullable Found found(String source, Instrument instrument) {
    try {
      if (sources.containsKey(source)) { // it may be known from a list alone
        instruments.add(source, instrument);
      }
      return new Found(source, instrument);
    } catch (IllegalArgumentException e) {
      if (clashes.size() < MAX_REMEMBERED && clashes.put(instrument.symbol(), source) == null) {
        log.warn("{} is not watched: {}", instrument.symbol(), e.getMessage());
      }
      return null;
    }
  }
}
