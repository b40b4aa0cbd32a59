package dev.tapeline.market.instrument;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The instruments that an instance knows, by symbol and by key, up to a limit. Each belongs to the
 * source that prices it. May be used from any thread.
 */
public final class Instruments {

  private final int limit;
  private final String yielding;
  private final Map<String, Entry> bySymbol = new ConcurrentHashMap<>();
  private final Map<String, Entry> byKey = new ConcurrentHashMap<>();
  private final Map<String, Long> revisions = new ConcurrentHashMap<>();
  private final Map<String, Integer> sizes = new ConcurrentHashMap<>();

  private record Entry(String source, Instrument instrument) {}

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
    }
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
    return Optional.ofNullable(bySymbol.get(symbol)).map(Entry::instrument);
  }

  public Optional<Instrument> byKey(String key) {
    return Optional.ofNullable(byKey.get(key)).map(Entry::instrument);
  }

  /** The source that prices the instrument of this symbol. */
  public Optional<String> sourceOf(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol)).map(Entry::source);
  }

  /** All instruments of a source, by symbol. */
  public List<Instrument> of(String source) {
    return bySymbol.values().stream()
        .filter(entry -> entry.source.equals(source))
        .map(Entry::instrument)
        .sorted(Comparator.comparing(Instrument::symbol))
        .toList();
  }

  public int size() {
    return bySymbol.size();
  }

  /** The number of instruments of a source. */
  public int sizeOf(String source) {
    return sizes.getOrDefault(source, 0);
  }

  /**
   * The instruments whose symbol, key or name has the text in it, the likeliest first: the symbol
   * itself, symbols that begin with it, names of which a word begins with it, then the rest; among
   * equals the shorter symbol. Case doesn't matter. An empty text finds all.
   */
  public List<Instrument> search(String text, int limit) {
    String query = text.strip().toUpperCase(Locale.ROOT);
    return bySymbol.values().stream()
        .map(entry -> Match.of(entry.instrument, query))
        .filter(match -> match.rank() != Rank.NONE)
        .sorted(Match.ORDER)
        .limit(limit)
        .map(Match::instrument)
        .toList();
  }

  private enum Rank {
    EXACT,
    SYMBOL_PREFIX,
    WORD_PREFIX,
    SYMBOL_PART,
    NAME_PART,
    NONE
  }

  private record Match(Instrument instrument, Rank rank) {

    static final Comparator<Match> ORDER =
        Comparator.comparing(Match::rank)
            .thenComparingInt(match -> match.instrument().symbol().length())
            .thenComparing(match -> match.instrument().symbol());

    static Match of(Instrument instrument, String query) {
      return new Match(instrument, rankOf(instrument, query));
    }

    private static Rank rankOf(Instrument instrument, String query) {
      String symbol = instrument.symbol().toUpperCase(Locale.ROOT);
      String name = instrument.name().toUpperCase(Locale.ROOT);
      if (symbol.equals(query) || instrument.key().equalsIgnoreCase(query)) {
        return Rank.EXACT;
      } else if (symbol.startsWith(query)) {
        return Rank.SYMBOL_PREFIX;
      } else if (name.startsWith(query) || name.contains(" " + query)) {
        return Rank.WORD_PREFIX;
      } else if (symbol.contains(query)) {
        return Rank.SYMBOL_PART;
      }
      return name.contains(query) ? Rank.NAME_PART : Rank.NONE;
    }
  }
}
