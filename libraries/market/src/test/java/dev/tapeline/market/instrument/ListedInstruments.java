package dev.tapeline.market.instrument;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A catalogue of a few instruments, searched one by one. */
record ListedInstruments(List<Instrument> all) implements Catalogue {

  static ListedInstruments of(Instrument... all) {
    return new ListedInstruments(List.of(all));
  }

  @Override
  public Optional<Instrument> bySymbol(String symbol) {
    return all.stream().filter(it -> it.symbol().equals(symbol)).findFirst();
  }

  @Override
  public Optional<Instrument> byKey(String key) {
    return all.stream().filter(it -> it.key().equals(key)).findFirst();
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
        .filter(it -> it.underlying().equals(underlying))
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
