package dev.tapeline.market.instrument;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A catalogue of some thousand instruments, which are searched one by one. It does not change, and
 * may be used from any thread.
 */
public final class ListedInstruments implements Catalogue {

  private final List<Instrument> all;
  private final Map<String, Instrument> bySymbol = new HashMap<>();
  private final Map<String, Instrument> byKey = new HashMap<>();

  /** Of two with the same symbol or the same key the later one counts. */
  public ListedInstruments(Collection<Instrument> instruments) {
    for (Instrument instrument : instruments) {
      bySymbol.put(instrument.symbol(), instrument);
      byKey.put(instrument.key(), instrument);
    }
    bySymbol.values().removeIf(it -> !it.equals(byKey.get(it.key())));
    byKey.values().removeIf(it -> !it.equals(bySymbol.get(it.symbol())));
    all = List.copyOf(bySymbol.values());
  }

  @Override
  public Optional<Instrument> bySymbol(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol));
  }

  @Override
  public Optional<Instrument> byKey(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  @Override
  public List<Instrument> search(InstrumentQuery query, int limit) {
    return query.best(all.stream(), limit);
  }

  @Override
  public List<LocalDate> expiries(String underlying) {
    return all.stream()
        .filter(Instrument.Option.class::isInstance)
        .map(Instrument.Option.class::cast)
        .filter(it -> it.underlying().equalsIgnoreCase(underlying))
        .map(Instrument.Option::expiry)
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public int size() {
    return all.size();
  }
}
