package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the tick at hand adds to each bar that covers it: a price, a volume, or both, in units of
 * the instrument. Mutable and reused; owned by one {@link InstrumentBars}.
 */
final class BarAddition {

  private final BarLevels levels;
  private final BarCounts counts;
  private final FormingBar part;
  private final DecimalScale prices = new DecimalScale();
  private final DecimalScale volumes = new DecimalScale();
  private boolean addsPrice;
  private long price;
  private boolean addsVolume;
  private boolean losesVolume;
  private long volume;

  BarAddition(BarLevels levels, BarShared shared) {
    this.levels = levels;
    this.counts = shared.counts;
    this.part = shared.part;
  }

  /** Takes the price of the tick; returns whether bars can take it. */
  boolean takePrice(BigDecimal exact) {
    addsPrice = true;
    price = prices.units(exact);
    return price != DecimalScale.NO_FIT || refinePrices(exact);
  }

  private boolean refinePrices(BigDecimal exact) {
    int places = prices.missingPlaces(exact);
    if (places == 0 || !levels.pricesFit(places)) {
      counts.count(BarCounts.Reason.TOO_LONG);
      return false;
    }
    levels.refinePrices(places);
    prices.refine(places);
    price = prices.units(exact);
    return true;
  }

  /** The tick has no price. */
  void takeNoPrice() {
    addsPrice = false;
  }

  /** Takes the volume of the tick; null if it has none. */
  void takeVolume(@Nullable BigDecimal exact) {
    addsVolume = exact != null;
    losesVolume = false;
    if (exact != null) {
      volume = volumes.units(exact);
      if (volume == DecimalScale.NO_FIT) {
        refineVolumes(exact);
      }
    }
  }

  private void refineVolumes(BigDecimal exact) {
    int places = volumes.missingPlaces(exact);
    levels.refineVolumes(places);
    volumes.refine(places);
    volume = volumes.units(exact);
    if (volume == DecimalScale.NO_FIT) {
      counts.count(BarCounts.Reason.TOO_LONG);
      losesVolume = true;
    }
  }

  void applyTo(FormingBar bar, long time) {
    if (addsPrice) {
      bar.add(time, price);
    }
    if (losesVolume) {
      bar.volumeLost = true;
    } else if (addsVolume) {
      bar.addVolume(volume);
    }
  }

  /** Prices in units of the instrument, until the next call; null if bars can't take them. */
  @Nullable FormingBar range(BigDecimal open, BigDecimal high, BigDecimal low) {
    if (!takePrice(open) || !takePrice(high) || !takePrice(low)) {
      return null;
    }
    part.open = prices.units(open);
    part.high = prices.units(high);
    part.low = prices.units(low);
    return part;
  }

  /** Makes the units fine enough for a bar; returns whether bars can take its prices. */
  boolean takeBar(Bar bar) {
    Ohlc ohlc = bar.prices();
    takeVolume(bar.volume());
    return takePrice(ohlc.open())
        && takePrice(ohlc.high())
        && takePrice(ohlc.low())
        && takePrice(ohlc.close());
  }

  /** A bar that was taken, in units of the instrument, until the next call. */
  FormingBar units(Bar bar) {
    part.begin(bar.time(), bar.time(), bar.state().partial());
    part.open = prices.units(bar.prices().open());
    part.high = prices.units(bar.prices().high());
    part.low = prices.units(bar.prices().low());
    part.close = prices.units(bar.prices().close());
    part.openTime = bar.time();
    part.closeTime = bar.time();
    part.count = bar.isCounted() ? bar.count() : 1; // at least, as the vendor has a bar
    part.flat = bar.count() == 0;
    if (bar.volume() != null) {
      long units = volumes.units(bar.volume());
      part.volumeLost = units == DecimalScale.NO_FIT;
      part.addVolume(part.volumeLost ? 0 : units);
    }
    return part;
  }

  /** A bar with its exact decimals. */
  Bar exact(Frame frame, FormingBar bar, boolean closed) {
    Ohlc ohlc =
        new Ohlc(
            prices.decimal(bar.open),
            prices.decimal(bar.high),
            prices.decimal(bar.low),
            prices.decimal(bar.close));
    BigDecimal sum = bar.hasVolume && !bar.volumeLost ? volumes.decimal(bar.volume) : null;
    Bar.State state = new Bar.State(closed, bar.revision, bar.partial);
    return new Bar(frame, bar.begin, ohlc, sum, bar.count, state);
  }
}
