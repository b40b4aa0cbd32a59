package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.DayCount;
import dev.tapeline.market.chain.NoFigure;
import dev.tapeline.market.chain.TimeLeft;
import dev.tapeline.market.session.DayStatus;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.session.TradingSession;
import dev.tapeline.market.session.UnderlyingKind;
import dev.tapeline.market.session.Venue;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The time that the contracts of one expiry have left, by the calendar and a convention. Owned by
 * one thread.
 *
 * <p>By calendar time a year has 31,536,000,000 ms. By trading time it has 252 sessions: a session
 * that has begun counts by the part of it that is left, and the last one ends at the settlement.
 */
final class ExpiryClock {

  private static final double YEAR_MILLIS = 365.0 * 24 * 60 * 60 * 1_000;
  private static final double AVERAGE_PART = 2 / 3.0;

  private final TradingCalendar calendar;
  private final Venue venue;
  private final LocalDate expiry;
  private final ChainConvention convention;
  private final long settlement;
  private final long indexAverageFrom;

  // Of the date that was asked for last: its session, and the whole sessions after it.
  private @Nullable LocalDate date;
  private @Nullable TradingSession session;
  private int later;
  private boolean covered;

  ExpiryClock(TradingCalendar calendar, Venue venue, LocalDate expiry, ChainConvention convention) {
    this.calendar = calendar;
    this.venue = venue;
    this.expiry = expiry;
    this.convention = convention;
    this.settlement = calendar.settlement(venue, expiry).map(Instant::toEpochMilli).orElse(0L);
    this.indexAverageFrom =
        calendar
            .averageFrom(venue, UnderlyingKind.INDEX, expiry)
            .map(Instant::toEpochMilli)
            .orElse(Long.MAX_VALUE);
  }

  /** When the contracts settle, epoch ms UTC; 0 if that is unknown. */
  long settlement() {
    return settlement;
  }

  /** The time left at an instant, epoch ms UTC, of contracts on an underlying of this kind. */
  TimeLeft left(long now, UnderlyingKind kind) {
    if (settlement == 0) {
      return TimeLeft.none(0, false, NoFigure.NO_CALENDAR);
    }
    long left = settlement - now;
    if (left <= 0) {
      return TimeLeft.none(0, false, NoFigure.EXPIRED);
    }
    boolean isAveraged = kind == UnderlyingKind.INDEX && indexAverageFrom < settlement;
    boolean averaging = isAveraged && now >= indexAverageFrom;
    if (averaging && convention.averaging()) {
      return TimeLeft.none(left, true, NoFigure.AVERAGING);
    }
    double less =
        isAveraged && convention.averaging() ? AVERAGE_PART * (settlement - indexAverageFrom) : 0;
    double years =
        convention.count() == DayCount.CALENDAR
            ? (left - less) / YEAR_MILLIS
            : tradingYears(now, less);
    return years > 0
        ? TimeLeft.of(left, years, averaging)
        : TimeLeft.none(left, averaging, NoFigure.NO_CALENDAR);
  }

  private double tradingYears(long now, double less) {
    count(now);
    TradingSession today = session;
    if (!covered) {
      return 0;
    }
    double sessions = later;
    double length = YEAR_MILLIS;
    if (today != null) {
      long open = today.open().toEpochMilli();
      long close = later == 0 ? settlement : today.close().toEpochMilli();
      length = close - open;
      sessions += Math.clamp((close - now) / length, 0, 1);
    }
    return (sessions - less / length) / DayCount.TRADING.days();
  }

  private void count(long now) {
    LocalDate today = calendar.date(venue, Instant.ofEpochMilli(now));
    if (today.equals(date)) {
      return;
    }
    date = today;
    session = calendar.wholeDay(venue, today).orElse(null);
    later = 0;
    covered = !today.isAfter(expiry);
    for (LocalDate day = today.plusDays(1);
        covered && !day.isAfter(expiry);
        day = day.plusDays(1)) {
      DayStatus status = calendar.status(venue, day);
      covered = status != DayStatus.UNKNOWN;
      later += status == DayStatus.TRADING ? 1 : 0;
    }
  }
}
