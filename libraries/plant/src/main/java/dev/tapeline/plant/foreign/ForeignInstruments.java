package dev.tapeline.plant.foreign;

import dev.tapeline.feed.bus.MarketTickDecoder;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the instruments of the symbols that other processes publish ticks of, unless another source
 * has told the symbol, as a vendor does with what it watches. What stands in a vendor's list alone
 * is the instrument of that list. Others are made. Publishers do not send the kind: instruments of
 * a segment that begins with {@code IDX} are indices, those of a segment that ends in {@code _EQ}
 * are shares, all others are pairs. Owned by one thread.
 */
public final class ForeignInstruments implements MarketTickDecoder.Directory {

  /** How many there can be, so that other sources have room whatever is published. */
  public static final int MAX = 50_000;

  private final Instruments instruments;
  private final int limit;
  private final Set<String> simulated = new HashSet<>();

  public ForeignInstruments(Instruments instruments) {
    this(instruments, MAX);
  }

  ForeignInstruments(Instruments instruments, int limit) {
    this.instruments = instruments;
    this.limit = limit;
  }

  @Override
  public @Nullable Instrument instrument(String symbol, @Nullable String key, boolean isSimulated) {
    Instrument found = find(symbol, key);
    if (found != null && isSimulated) {
      simulated.add(symbol);
    } else if (found != null) {
      simulated.remove(symbol);
    }
    return found;
  }

  /** Whether the newest tick of a symbol was marked as simulated by its publisher. */
  public boolean isSimulated(String symbol) {
    return simulated.contains(symbol);
  }

  private @Nullable Instrument find(String symbol, @Nullable String key) {
    Instrument known = instruments.bySymbol(symbol).orElse(null);
    String teller = instruments.tellerOf(symbol).orElse(null);
    if (known != null && teller == null) {
      return listed(known, key);
    }
    if (known != null && !BusFeed.SOURCE.equals(teller)) {
      return null;
    }
    if (known != null && (key == null || key.equals(known.key()))) {
      return known;
    }
    if (known == null && instruments.sizeOf(BusFeed.SOURCE) >= limit) {
      throw new IllegalArgumentException(
          "no room for the symbol: the source %s can have %d".formatted(BusFeed.SOURCE, limit));
    }
    Instrument made = make(symbol, key);
    instruments.add(BusFeed.SOURCE, made);
    return made;
  }

  /** An instrument that no source watches, though a vendor lists it. */
  private static Instrument listed(Instrument known, @Nullable String key) {
    if (key != null && !key.equals(known.key())) {
      throw new IllegalArgumentException(
          "%s is %s by the list of its vendor, not %s: publish another instrument under another symbol"
              .formatted(known.symbol(), known.key(), key));
    }
    return known;
  }

  private static Instrument make(String symbol, @Nullable String key) {
    int colon = key == null ? -1 : key.indexOf(':');
    String segment = key == null || colon < 0 ? "BUS" : key.substring(0, colon);
    String securityId = key == null || colon < 0 ? symbol : key.substring(colon + 1);
    Reference reference = new Reference(symbol, segment, securityId, symbol, BigDecimal.ZERO);
    if (segment.startsWith("IDX")) {
      return new Instrument.Index(reference);
    }
    return segment.endsWith("_EQ")
        ? new Instrument.Share(reference)
        : new Instrument.Pair(reference);
  }
}
