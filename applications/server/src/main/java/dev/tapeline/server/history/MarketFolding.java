package dev.tapeline.server.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarFolding;
import dev.tapeline.market.bar.study.BarSessions;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.rest.history.FrameFolding;
import dev.tapeline.rest.history.TradedInstrument;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/**
 * Folds bars over the sessions of the calendar.
 *
 * @param instruments tell which shares have derivatives
 */
public record MarketFolding(TradingCalendar calendar, Instruments instruments)
    implements FrameFolding {

  /** Those for this call, as they belong to one thread. */
  private BarSessions sessions(TradedInstrument traded) {
    return new BarSessions(
        calendar,
        _ -> traded.keepsHours(),
        share -> !instruments.expiries(share.symbol()).isEmpty());
  }

  private BarFolding folding(TradedInstrument traded) {
    return new BarFolding(sessions(traded));
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
