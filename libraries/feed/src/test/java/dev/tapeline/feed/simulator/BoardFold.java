package dev.tapeline.feed.simulator;

import dev.tapeline.feed.simulator.SimulatedQuote.DayView;
import dev.tapeline.feed.simulator.SimulatedQuote.DepthLevel;
import dev.tapeline.feed.simulator.SimulatedQuote.InterestView;
import dev.tapeline.feed.simulator.SimulatedQuote.LastDeal;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the ticks of one instrument add up to, worked out apart from the simulation. */
final class BoardFold {

  private final Instrument instrument;
  private final OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
  private @Nullable LastDeal last;
  private @Nullable BigDecimal open;
  private @Nullable BigDecimal high;
  private @Nullable BigDecimal low;
  private @Nullable BigDecimal toldVolume;
  private @Nullable BigDecimal toldAverage;
  private BigDecimal volume = BigDecimal.ZERO;
  private BigDecimal turnover = BigDecimal.ZERO;
  private @Nullable BigDecimal prevClose;
  private @Nullable InterestView interest;
  private Tick.@Nullable Quote quote;

  BoardFold(Instrument instrument) {
    this.instrument = instrument;
  }

  /** The figures of a quote that ticks tell: no orders, and of an option its best levels alone. */
  record Told(
      @Nullable LastDeal last,
      DayView day,
      @Nullable InterestView interest,
      @Nullable BigDecimal buys,
      @Nullable BigDecimal sells,
      List<Level> bids,
      List<Level> asks) {

    static Told of(SimulatedQuote quote) {
      boolean isOption = quote.instrument() instanceof Instrument.Option;
      int levels = isOption ? 1 : 5;
      return new Told(
          plain(quote.last()),
          plain(quote.day()),
          plain(quote.interest()),
          isOption ? null : plain(quote.depth().buyQuantity()),
          isOption ? null : plain(quote.depth().sellQuantity()),
          quote.depth().bids().stream().limit(levels).map(Told::level).toList(),
          quote.depth().asks().stream().limit(levels).map(Told::level).toList());
    }

    private static Level level(DepthLevel level) {
      return new Level(level.price(), level.quantity());
    }
  }

  void apply(Tick tick) {
    switch (tick) {
      case Tick.SessionStart start -> begin(start);
      case Tick.Trade trade -> trade(trade);
      case Tick.IndexValue value -> {
        price(value.value());
        last = new LastDeal(value.value(), null, value.times().exchange());
      }
      case Tick.LastPrice price ->
          last = new LastDeal(price.price(), null, price.times().exchange());
      case Tick.DayStats day -> told(day);
      case Tick.OpenInterest told -> interest = interest(told);
      case Tick.Depth depth -> book.apply(depth);
      case Tick.Quote best -> quote = best;
      case Tick.Marks _ -> {} // the board has them in its chains
    }
  }

  private void begin(Tick.SessionStart start) {
    prevClose = start.prevClose();
    open = null;
    high = null;
    low = null;
    toldVolume = null;
    toldAverage = null;
    volume = BigDecimal.ZERO;
    turnover = BigDecimal.ZERO;
  }

  private void trade(Tick.Trade trade) {
    BigDecimal quantity = trade.quantity();
    if (quantity == null) {
      throw new AssertionError(trade.toString());
    }
    price(trade.price());
    last = new LastDeal(trade.price(), quantity, trade.times().exchange());
    volume = volume.add(quantity);
    turnover = turnover.add(quantity.multiply(trade.price()));
  }

  private void price(BigDecimal price) {
    open = open == null ? price : open;
    high = high == null ? price : high.max(price);
    low = low == null ? price : low.min(price);
  }

  private void told(Tick.DayStats day) {
    open = day.open();
    high = day.high();
    low = day.low();
    toldVolume = day.volume();
    toldAverage = day.average();
  }

  private static InterestView interest(Tick.OpenInterest told) {
    if (told.dayHigh() == null || told.dayLow() == null || told.previous() == null) {
      throw new AssertionError(told.toString());
    }
    return new InterestView(told.value(), told.dayHigh(), told.dayLow(), told.previous());
  }

  /** Whether a session has begun. */
  boolean hasBegun() {
    return prevClose != null;
  }

  Told told() {
    boolean isOption = instrument instanceof Instrument.Option;
    if (prevClose == null) {
      throw new AssertionError(instrument.symbol());
    }
    return new Told(
        plain(last),
        plain(new DayView(open, high, low, allVolume(), average(), prevClose)),
        plain(interest),
        isOption ? null : total(book.bids(100)),
        isOption ? null : total(book.asks(100)),
        isOption ? best(quote == null ? null : quote.bid()) : book.bids(5),
        isOption ? best(quote == null ? null : quote.ask()) : book.asks(5));
  }

  private BigDecimal allVolume() {
    return toldVolume == null ? volume : toldVolume;
  }

  private @Nullable BigDecimal average() {
    if (toldAverage != null || volume.signum() == 0) {
      return toldAverage;
    }
    return turnover.divide(volume, instrument.tickSize().scale(), RoundingMode.HALF_UP);
  }

  private static List<Level> best(@Nullable BestPrice price) {
    return Stream.ofNullable(price).map(best -> new Level(best.price(), best.quantity())).toList();
  }

  private static BigDecimal total(List<Level> levels) {
    return plain(levels.stream().map(Level::quantity).reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  private static BigDecimal plain(BigDecimal number) {
    return number.stripTrailingZeros();
  }

  private static @Nullable BigDecimal plainIfAny(@Nullable BigDecimal number) {
    return number == null ? null : plain(number);
  }

  private static @Nullable LastDeal plain(@Nullable LastDeal deal) {
    return deal == null
        ? null
        : new LastDeal(plain(deal.price()), plainIfAny(deal.quantity()), deal.time());
  }

  private static DayView plain(DayView day) {
    return new DayView(
        plainIfAny(day.open()),
        plainIfAny(day.high()),
        plainIfAny(day.low()),
        plain(day.volume()),
        plainIfAny(day.average()),
        plain(day.prevClose()));
  }

  private static @Nullable InterestView plain(@Nullable InterestView view) {
    return view == null
        ? null
        : new InterestView(
            plain(view.value()),
            plain(view.dayHigh()),
            plain(view.dayLow()),
            plain(view.previous()));
  }
}
