package dev.tapeline.market.instrument;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The instruments of an instance, by symbol and by key, at most a number of them. May be used from
 * any thread.
 */
public final class Instruments {

  private final int limit;
  private final Map<String, Instrument> bySymbol = new ConcurrentHashMap<>();
  private final Map<String, Instrument> byKey = new ConcurrentHashMap<>();

  /**
   * @param limit how many instruments are taken
   */
  public Instruments(int limit) {
    this.limit = limit;
  }

  public Instruments(int limit, Collection<Instrument> instruments) {
    this(limit);
    instruments.forEach(this::add);
  }

  /**
   * Adds an instrument; adding an equal one again does nothing.
   *
   * @return false if there was no room
   * @throws IllegalArgumentException if its symbol or its key belongs to another one
   */
  public synchronized boolean add(Instrument instrument) {
    Instrument known = bySymbol.get(instrument.symbol());
    if (known == null) {
      known = byKey.get(instrument.key());
    }
    if (known != null) {
      if (!known.equals(instrument)) {
        throw new IllegalArgumentException("%s clashes with %s".formatted(instrument, known));
      }
      return true;
    }
    if (bySymbol.size() >= limit) {
      return false;
    }
    bySymbol.put(instrument.symbol(), instrument);
    byKey.put(instrument.key(), instrument);
    return true;
  }

  public Optional<Instrument> bySymbol(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol));
  }

  public Optional<Instrument> byKey(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  public int size() {
    return bySymbol.size();
  }

  /**
   * The instruments whose symbol, key or name has the text in it, the likeliest first: the symbol
   * itself, symbols that begin with it, names of which a word begins with it, then the rest; among
   * equals the shorter symbol. Case doesn't matter. An empty text finds all.
   */
  public List<Instrument> search(String text, int limit) {
    String query = text.strip().toUpperCase(Locale.ROOT);
    return bySymbol.values().stream()
        .map(instrument -> Match.of(instrument, query))
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
