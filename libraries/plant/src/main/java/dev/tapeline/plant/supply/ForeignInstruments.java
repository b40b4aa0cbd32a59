package dev.tapeline.plant.supply;

import dev.tapeline.feed.bus.MarketTickDecoder;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Makes instruments of the symbols that other processes publish ticks of, unless another source has
 * the symbol. Publishers do not send the kind: instruments of a segment that begins with {@code
 * IDX} are indices, those of a segment that ends in {@code _EQ} are shares, all others are pairs.
 * Owned by one thread.
 */
public record ForeignInstruments(Instruments instruments) implements MarketTickDecoder.Directory {

  @Override
  public @Nullable Instrument instrument(String symbol, @Nullable String key) {
    Instrument known = instruments.bySymbol(symbol).orElse(null);
    if (known != null) {
      boolean isForeign = instruments.sourceOf(symbol).filter(BusFeed.SOURCE::equals).isPresent();
      return isForeign ? known : null;
    }
    Instrument made = make(symbol, key);
    return instruments.add(BusFeed.SOURCE, made) ? made : null;
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
