package dev.tapeline.market.volatility.study;

import dev.tapeline.market.Market;
import dev.tapeline.market.NseHours;
import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.chain.VolatilityRank;
import dev.tapeline.market.chain.study.ChainCounters;
import dev.tapeline.market.chain.study.ChainStudy;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.option.Black76;
import dev.tapeline.market.session.ExpiryTimes;
import dev.tapeline.market.session.TimeOfDay;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.market.volatility.VolatilityReading;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A market of options whose quotes follow from one volatility for each expiry. */
final class IndexMarket implements MarketListener {

  static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
  static final double RATE = ChainConvention.DEFAULT_RATE;
  private static final double FORWARD = 24_000;

  final List<VolatilityReading> readings = new ArrayList<>();
  final List<LocalDate> listed = new ArrayList<>();
  final TradingCalendar calendar = calendar();
  boolean wanted = true;

  /** That of the chain that was told last. */
  VolatilityRank rank = VolatilityRank.NO_HISTORY;

  private final Market market;
  private long now;

  IndexMarket(String local) {
    this(local, VolatilityHistory.NONE);
  }

  IndexMarket(String local, VolatilityHistory history) {
    VolatilityRankStudy ranks = new VolatilityRankStudy(history);
    ChainStudy chains =
        new ChainStudy(
            new ChainStudy.Parts(
                calendar,
                ChainConvention.DEFAULT,
                ChainLimits.DEFAULT,
                _ -> () -> true,
                new ChainCounters()),
            ranks);
    VolatilityIndexStudy indices = new VolatilityIndexStudy(calendar, _ -> wanted, _ -> listed);
    market = Market.of(this, chains, indices, ranks);
    now = at(local);
    market.onTime(now);
  }

  static long at(String local) {
    return LocalDateTime.parse(local).atZone(INDIA).toInstant().toEpochMilli();
  }

  /** NSE trades until 15:45 from Monday to Friday, and its options settle at 15:30. */
  static TradingCalendar calendar() {
    return NseHours.until(
        LocalDate.of(2027, 3, 31), new ExpiryTimes(TimeOfDay.parse("15:30"), null, null));
  }

  private Times times() {
    return new Times(now, now);
  }

  private double years(LocalDate expiry) {
    long settlement = expiry.atTime(15, 30).atZone(INDIA).toInstant().toEpochMilli();
    return (settlement - now) / (double) Duration.ofDays(365).toMillis();
  }

  static Instrument.Option option(LocalDate expiry, double strike, Right right) {
    String symbol = "NIFTY-%s-%.0f-%s".formatted(expiry, strike, right);
    return new Instrument.Option(
        new Reference(symbol, "NSE_FNO", symbol, symbol, new BigDecimal("0.05")),
        "NIFTY",
        expiry,
        BigDecimal.valueOf(strike).stripTrailingZeros(),
        right,
        new BigDecimal(75));
  }

  /** Quotes both options of the strikes from 18,000 to 30,000 at a volatility, in one frame. */
  void quoteAll(LocalDate expiry, double volatility) {
    double years = years(expiry);
    for (int strike = 18_000; strike <= 30_000; strike += 100) {
      for (Right right : Right.values()) {
        double price = new Black76(right, FORWARD, strike, years, RATE).price(volatility);
        quote(option(expiry, strike, right), price > 0.001 ? price : null);
      }
    }
    market.onFrameEnd();
  }

  /** Quotes without a spread, or not at all. */
  void quote(Instrument instrument, @Nullable Double price) {
    BestPrice best =
        price == null
            ? null
            : new BestPrice(
                BigDecimal.valueOf(price).setScale(9, RoundingMode.HALF_EVEN), BigDecimal.TEN);
    market.onTick(new Tick.Quote(instrument, times(), 0, best, best));
  }

  void quoteFuture(LocalDate expiry) {
    String symbol = "NIFTY-%s-FUT".formatted(expiry);
    Reference reference = new Reference(symbol, "NSE_FNO", symbol, symbol, new BigDecimal("0.05"));
    quote(new Instrument.Future(reference, "NIFTY", expiry, new BigDecimal(75)), FORWARD);
    market.onFrameEnd();
  }

  void pass(long millis) {
    now += millis;
    market.onTime(now);
  }

  /** The newest reading, after all that is pending has been told. */
  VolatilityReading reading() {
    pass(1_100);
    return readings.getLast();
  }

  @Override
  public void onEvent(MarketEvent event) {
    if (event instanceof MarketEvent.VolatilityIndexChanged(_, _, var reading)) {
      readings.add(reading);
    } else if (event instanceof MarketEvent.ChainChanged changed) {
      rank = changed.chain().figures().rank();
    }
  }

  @Override
  public void onFrameEnd() {}

  @Override
  public void onBatchEnd() {}
}
