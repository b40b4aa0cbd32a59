package dev.tapeline.market.instrument;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The catalogues of the sources, in the order in which they first came. An instrument is hidden if
 * the registry knows its symbol or its key, or if a catalogue before it has either, so that nothing
 * is found twice. May be used from any thread.
 */
final class Catalogues {

  private final Predicate<Instrument> isKnown;
  private volatile List<Sourced> all = List.of();

  /** A catalogue with its source. */
  private record Sourced(String source, Catalogue catalogue) {}

  /** An instrument with the source whose catalogue has it. */
  record Listed(String source, Instrument instrument) {}

  Catalogues(Predicate<Instrument> isKnown) {
    this.isKnown = isKnown;
  }

  synchronized void put(String source, Catalogue catalogue) {
    List<Sourced> more = new ArrayList<>(all);
    Sourced added = new Sourced(source, catalogue);
    more.replaceAll(each -> each.source.equals(source) ? added : each);
    if (!more.contains(added)) {
      more.add(added);
    }
    all = List.copyOf(more);
  }

  Optional<Catalogue> of(String source) {
    return all.stream()
        .filter(each -> each.source.equals(source))
        .map(Sourced::catalogue)
        .findFirst();
  }

  /** The first instrument that a catalogue finds and that is not hidden. */
  Optional<Listed> find(Function<Catalogue, Optional<Instrument>> finder) {
    List<Sourced> now = all;
    for (int i = 0; i < now.size(); i++) {
      Instrument found = finder.apply(now.get(i).catalogue).orElse(null);
      if (found != null && !isHidden(found, now.subList(0, i))) {
        return Optional.of(new Listed(now.get(i).source, found));
      }
    }
    return Optional.empty();
  }

  private boolean isHidden(Instrument instrument, List<Sourced> before) {
    return isKnown.test(instrument)
        || before.stream()
            .map(Sourced::catalogue)
            .anyMatch(it ->
                it.bySymbol(instrument.symbol()).isPresent()
                    || it.byKey(instrument.key()).isPresent());
  }

  /** What is not hidden of that which the query asks for; the first ones of each catalogue. */
  Stream<Instrument> search(InstrumentQuery query, int limit) {
    List<Sourced> now = all;
    return Stream.iterate(0, i -> i < now.size(), i -> i + 1)
        .flatMap(i -> search(query, limit, now.get(i).catalogue, now.subList(0, i)).stream());
  }

  /** Asks for more while hidden instruments take the places of others. */
  private List<Instrument> search(
      InstrumentQuery query, int limit, Catalogue catalogue, List<Sourced> before) {
    int asked = limit;
    while (true) {
      List<Instrument> found = catalogue.search(query, asked);
      List<Instrument> shown = found.stream().filter(it -> !isHidden(it, before)).toList();
      if (shown.size() >= limit || found.size() < asked || asked >= catalogue.size()) {
        return shown;
      }
      asked += Math.max(1, limit - shown.size());
    }
  }

  Stream<LocalDate> expiries(String underlying) {
    return all.stream().flatMap(it -> it.catalogue.expiries(underlying).stream());
  }
}
