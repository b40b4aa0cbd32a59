package dev.tapeline.server.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarFolding;
import dev.tapeline.market.bar.study.BarSessions;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.rest.history.FrameFolding;
import dev.tapeline.rest.history.TradedInstrument;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

/**
 * Folds bars over the sessions of the calendar.
 *
 * @param instruments tell which shares have derivatives, and whose they are
 * @param keepsHours tells of a source whether its markets keep the hours of the calendar
 */
public record MarketFolding(
    TradingCalendar calendar, Instruments instruments, Predicate<String> keepsHours)
    implements FrameFolding {

  /** One whose sources all keep the hours of the calendar. */
  public MarketFolding(TradingCalendar calendar, Instruments instruments) {
    this(calendar, instruments, _ -> true);
  }

  /** Those for this call, as they belong to one thread. */
  private BarSessions sessions(TradedInstrument traded) {
    return new BarSessions(
        calendar,
        one -> traded.keepsHours() && isOfHours(one),
        share -> !instruments.expiries(share.symbol()).isEmpty());
  }

  private BarFolding folding(TradedInstrument traded) {
    return new BarFolding(sessions(traded));
  }

  private boolean isOfHours(Instrument instrument) {
    return instruments.sourceOf(instrument.symbol()).stream().allMatch(keepsHours);
  }

  @Override
  public List<Bar> fold(TradedInstrument traded, Frame frame, List<Bar> parts, long knownUntil) {
    return folding(traded).fold(traded.instrument(), frame, parts, knownUntil);
  }

  @Override
  public OptionalLong begin(TradedInstrument traded, Frame frame, long time) {
    return folding(traded).begin(traded.instrument(), frame, time);
  }

  @Override
  public LongUnaryOperator opens(TradedInstrument traded) {
    return sessions(traded).opens(traded.instrument());
  }
}
