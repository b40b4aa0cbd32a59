package dev.tapeline.market.instrument;

import dev.tapeline.market.instrument.Catalogues.Listed;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The instruments that an instance knows, by symbol and by key, up to a limit, and behind them the
 * catalogues of vendors. Each instrument belongs to the source that prices it. May be used from any
 * thread.
 */
public final class Instruments {

  private final int limit;
  private final String yielding;
  private final Map<String, Entry> bySymbol = new ConcurrentHashMap<>();
  private final Map<String, Entry> byKey = new ConcurrentHashMap<>();
  private final Map<String, Long> revisions = new ConcurrentHashMap<>();
  private final Map<String, Integer> sizes = new ConcurrentHashMap<>();
  private final Catalogues catalogues = new Catalogues(this::isKnown);
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  private record Entry(String source, Instrument instrument) {}

  /** Hears of changes, on the threads that make them; must not block, nor change instruments. */
  public interface Listener {

    /** This instrument is new or has been replaced: another one, or none, may have its symbol. */
    void onChanged(Instrument instrument);

    /** The catalogue of a source is another one. */
    void onListed();
  }

  /**
   * An empty registry.
   *
   * @param limit how many instruments there can be
   * @param yielding the source that gives up an instrument as soon as another one has it
   */
  public Instruments(int limit, String yielding) {
    this.limit = limit;
    this.yielding = yielding;
  }

  /**
   * Adds an instrument of a source, or puts it in the place of the one of the same symbol that the
   * source had before. What is refused changes nothing.
   *
   * @throws IllegalArgumentException if there is no room, or if its symbol or its key belongs to
   *     another source or to another instrument
   */
  public synchronized void add(String source, Instrument instrument) {
    Entry sameSymbol = bySymbol.get(instrument.symbol());
    Entry sameKey = byKey.get(instrument.key());
    Entry given = yields(source, sameSymbol) ? null : sameSymbol;
    check(source, instrument, given);
    checkKey(source, instrument, yields(source, sameKey) ? null : sameKey);
    if (given != null && given.instrument.equals(instrument)) {
      return;
    }
    if (sameSymbol == null && !yields(source, sameKey)) {
      checkRoom(instrument);
    }
    put(new Entry(source, instrument));
    displaced(sameSymbol);
    if (sameKey != null && !sameKey.equals(sameSymbol)) {
      displaced(sameKey);
      listeners.forEach(listener -> listener.onChanged(sameKey.instrument));
    }
    listeners.forEach(listener -> listener.onChanged(instrument));
  }

  /** Tells a listener each change from here on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  private boolean isKnown(Instrument instrument) {
    return bySymbol.containsKey(instrument.symbol()) || byKey.containsKey(instrument.key());
  }

  private boolean yields(String source, @Nullable Entry known) {
    return known != null && known.source.equals(yielding) && !source.equals(yielding);
  }

  private void checkRoom(Instrument instrument) {
    if (bySymbol.size() >= limit) {
      throw new IllegalArgumentException(
          "no room for %s: there can be %d instruments".formatted(instrument.symbol(), limit));
    }
  }

  /** Forgets an entry where another one has not taken its place, so that readers find either. */
  private void displaced(@Nullable Entry known) {
    if (known != null) {
      bySymbol.remove(known.instrument.symbol(), known);
      byKey.remove(known.instrument.key(), known);
      changed(known.source, -1);
    }
  }

  private void put(Entry entry) {
    bySymbol.put(entry.instrument.symbol(), entry);
    byKey.put(entry.instrument.key(), entry);
    changed(entry.source, 1);
  }

  private void changed(String source, int more) {
    revisions.merge(source, 1L, Long::sum);
    sizes.merge(source, more, Integer::sum);
  }

  private static void check(String source, Instrument instrument, @Nullable Entry known) {
    if (known != null && !known.source.equals(source)) {
      throw new IllegalArgumentException(
          "%s of the source %s clashes with %s of the source %s"
              .formatted(instrument, source, known.instrument, known.source));
    }
  }

  private static void checkKey(String source, Instrument instrument, @Nullable Entry sameKey) {
    check(source, instrument, sameKey);
    if (sameKey != null && !sameKey.instrument.symbol().equals(instrument.symbol())) {
      throw new IllegalArgumentException(
          "%s has the key of %s".formatted(instrument, sameKey.instrument));
    }
  }

  /** Another number after each change of a source's instruments; 0 if it never had any. */
  public long revision(String source) {
    return revisions.getOrDefault(source, 0L);
  }

  public Optional<Instrument> bySymbol(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol))
        .map(Entry::instrument)
        .or(() -> catalogues.find(it -> it.bySymbol(symbol)).map(Listed::instrument));
  }

  public Optional<Instrument> byKey(String key) {
    return Optional.ofNullable(byKey.get(key))
        .map(Entry::instrument)
        .or(() -> catalogues.find(it -> it.byKey(key)).map(Listed::instrument));
  }

  /** The source that prices the instrument of this symbol. */
  public Optional<String> sourceOf(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol))
        .map(Entry::source)
        .or(() -> catalogues.find(it -> it.bySymbol(symbol)).map(Listed::source));
  }

  /**
   * The source that has told the instrument of this symbol, for example because it watches it;
   * empty also where a catalogue alone has it.
   */
  public Optional<String> tellerOf(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol)).map(Entry::source);
  }

  /**
   * Gives a source the catalogue of all that its vendor has, in the place of its former one. What
   * is in a catalogue is found, but it takes no room, has no revision, and is not among {@link
   * #of}: the instruments added by {@link #add} come first, and hide those of a catalogue that have
   * the same symbol or key. The source that yields gives up what the catalogue has.
   */
  public synchronized void addCatalogue(String source, Catalogue catalogue) {
    catalogues.put(source, catalogue);
    bySymbol.values().stream()
        .filter(entry -> yields(source, entry) && isIn(catalogue, entry.instrument))
        .forEach(this::displaced);
    listeners.forEach(Listener::onListed);
  }

  private static boolean isIn(Catalogue catalogue, Instrument instrument) {
    return catalogue.bySymbol(instrument.symbol()).isPresent()
        || catalogue.byKey(instrument.key()).isPresent();
  }

  /** The catalogue of a source, if it has one. */
  public Optional<Catalogue> catalogueOf(String source) {
    return catalogues.of(source);
  }

  /** All instruments that a source has added, by symbol. */
  public List<Instrument> of(String source) {
    return bySymbol.values().stream()
        .filter(entry -> entry.source.equals(source))
        .map(Entry::instrument)
        .sorted(Comparator.comparing(Instrument::symbol))
        .toList();
  }

  /** The number of instruments added, without those of catalogues. */
  public int size() {
    return bySymbol.size();
  }

  /** The number of instruments that a source has added. */
  public int sizeOf(String source) {
    return sizes.getOrDefault(source, 0);
  }

  /**
   * The instruments whose symbol, key or name has the text in it, the likeliest first: the symbol
   * itself, symbols that begin with it, names of which a word begins with it, then the rest; among
   * equals the shorter symbol. Futures and options come behind all others. Case doesn't matter. An
   * empty text finds all.
   */
  public List<Instrument> search(String text, int limit) {
    return search(InstrumentQuery.of(text), limit);
  }

  /**
   * The first of the instruments that the query asks for, in the order of {@link
   * InstrumentQuery#best}; where it asks for no terms of a contract, futures and options behind the
   * others.
   */
  public List<Instrument> search(InstrumentQuery query, int limit) {
    if (query.hasTerms() || !query.withDerivatives()) {
      return found(query, limit);
    }
    Set<Instrument> all = new LinkedHashSet<>(found(query.withoutDerivatives(), limit));
    if (all.size() < limit) {
      all.addAll(found(query, limit));
    }
    return all.stream().limit(limit).toList();
  }

  private List<Instrument> found(InstrumentQuery query, int limit) {
    Stream<Instrument> known = bySymbol.values().stream().map(Entry::instrument);
    return query.best(Stream.concat(known, catalogues.search(query, limit)), limit);
  }

  /** The days on which options on this underlying expire, the soonest first. */
  public List<LocalDate> expiries(String underlying) {
    Stream<LocalDate> known =
        bySymbol.values().stream()
            .map(Entry::instrument)
            .mapMulti(Instruments::ifOption)
            .filter(option -> option.underlying().equalsIgnoreCase(underlying))
            .map(Instrument.Option::expiry);
    return Stream.concat(known, catalogues.expiries(underlying)).distinct().sorted().toList();
  }

  private static void ifOption(Instrument instrument, Consumer<Instrument.Option> then) {
    if (instrument instanceof Instrument.Option option) {
      then.accept(option);
    }
  }
}
