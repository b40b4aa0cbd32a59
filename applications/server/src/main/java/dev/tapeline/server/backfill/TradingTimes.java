package dev.tapeline.server.backfill;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.DayStatus;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.session.TradingSession;
import dev.tapeline.market.session.Venue;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * When there should be bars of one instrument: in each minute and on each day of its sessions. A
 * market that never closes has days of UTC. A date that the calendar does not cover has the usual
 * hours, from Monday to Friday. Times are epoch ms UTC.
 */
final class TradingTimes {

  private static final long MINUTE = Frame.MINUTE.millis();
  private static final long DAY = 86_400_000;
  private static final int WEEK_DAYS = 7;
  private static final int MONTH_DAYS = 31;

  private final TradingCalendar calendar;
  private final Venue venue;
  private final boolean isAlways;
  private final boolean hasVendorDays;
  private final ZoneId zone;

  private TradingTimes(
      TradingCalendar calendar, Venue venue, boolean isAlways, boolean hasVendorDays) {
    this.calendar = calendar;
    this.venue = venue;
    this.isAlways = isAlways;
    this.hasVendorDays = hasVendorDays;
    this.zone = isAlways ? ZoneOffset.UTC : calendar.zone(venue.exchange());
  }

  /**
   * @param keepsHours whether its source keeps the hours of the calendar
   * @param hasDerivatives whether there are futures or options on a share
   */
  static TradingTimes of(
      TradingCalendar calendar,
      Instrument instrument,
      boolean keepsHours,
      Predicate<? super Instrument> hasDerivatives) {
    Venue venue = Venue.of(instrument, hasDerivatives);
    boolean neverCloses =
        venue.marketClass() == MarketClass.ALWAYS
            || calendar.usualSessions(venue, LocalDate.EPOCH).isEmpty();
    return new TradingTimes(calendar, venue, neverCloses || !keepsHours, neverCloses || keepsHours);
  }

  /** Whether the days of the vendor are those of the market. */
  boolean hasVendorDays() {
    return hasVendorDays;
  }

  /** The date at a time, on the exchange's clock. */
  LocalDate date(long time) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(time), zone);
  }

  private long midnight(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /** The spans of continuous trading of a date, in order. */
  List<FillSpan> sessions(LocalDate date) {
    if (isAlways) {
      return List.of(new FillSpan(midnight(date), midnight(date.plusDays(1))));
    }
    return trading(date).stream()
        .map(one -> new FillSpan(one.open().toEpochMilli(), one.close().toEpochMilli()))
        .toList();
  }

  private List<TradingSession> trading(LocalDate date) {
    if (calendar.status(venue, date) != DayStatus.UNKNOWN) {
      return calendar.sessions(venue, date);
    }
    boolean isWeekend =
        date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    return isWeekend ? List.of() : calendar.usualSessions(venue, date);
  }

  /**
   * The bars that begin in a span and are over at a time.
   *
   * @param frame {@code 1m} or {@code 1d}
   */
  List<ExpectedBar> bars(Frame frame, FillSpan span, long over) {
    List<ExpectedBar> bars = new ArrayList<>();
    if (span.isEmpty()) {
      return bars;
    }
    LocalDate last = date(span.to() - 1);
    for (LocalDate date = date(span.from()); !date.isAfter(last); date = date.plusDays(1)) {
      List<FillSpan> sessions = sessions(date);
      if (frame.isIntraday()) {
        sessions.forEach(session -> addMinutes(session, span, over, bars));
      } else if (!sessions.isEmpty()) {
        addDay(date, sessions, span, over, bars);
      }
    }
    return bars;
  }

  private static void addMinutes(
      FillSpan session, FillSpan span, long over, List<ExpectedBar> bars) {
    long skipped = Math.max(0, Math.ceilDiv(span.from() - session.from(), MINUTE));
    long time = session.from() + skipped * MINUTE;
    for (; time < Math.min(session.to(), span.to()); time += MINUTE) {
      long end = Math.min(time + MINUTE, session.to());
      if (end <= over) {
        bars.add(new ExpectedBar(time, time, end));
      }
    }
  }

  private void addDay(
      LocalDate date, List<FillSpan> sessions, FillSpan span, long over, List<ExpectedBar> bars) {
    long begin = sessions.getFirst().from();
    long end = sessions.getLast().to();
    if (begin >= span.from() && begin < span.to() && end <= over) {
      bars.add(new ExpectedBar(midnight(date), begin, end));
    }
  }

  /**
   * The time from which on there are so many bars of a frame up to another time.
   *
   * @param floor an earlier one is not looked for
   */
  long reachBack(Frame frame, long to, int count, long floor) {
    if (!frame.isIntraday()) {
      return Math.max(floor, midnight(date(to).minusDays(days(frame, count))));
    }
    long left = count;
    LocalDate first = date(floor);
    for (LocalDate date = date(to); !date.isBefore(first); date = date.minusDays(1)) {
      for (FillSpan session : sessions(date).reversed()) {
        long end = Math.min(session.to(), to);
        long bars = Math.max(0, Math.ceilDiv(end - session.from(), frame.millis()));
        if (bars >= left) {
          return Math.max(floor, Math.max(session.from(), end - (left + 1) * frame.millis()));
        }
        left -= bars;
      }
    }
    return floor;
  }

  /** The time up to which there are so many bars of a frame from another time on. */
  long reachAhead(Frame frame, long from, int count, long most) {
    if (!frame.isIntraday()) {
      return Math.min(most, from + days(frame, count) * DAY);
    }
    long left = count;
    LocalDate last = date(most);
    for (LocalDate date = date(from); !date.isAfter(last); date = date.plusDays(1)) {
      for (FillSpan session : sessions(date)) {
        long begin = Math.max(session.from(), from);
        long bars = Math.max(0, Math.ceilDiv(session.to() - begin, frame.millis()));
        if (bars >= left) {
          return Math.min(most, Math.min(session.to(), begin + (left + 1) * frame.millis()));
        }
        left -= bars;
      }
    }
    return most;
  }

  /** More than the days of so many bars: not every day is one of trading. */
  private static long days(Frame frame, int count) {
    return switch (frame.unit()) {
      case WEEK -> (long) (count + 1) * WEEK_DAYS;
      case MONTH -> (long) (count + 1) * MONTH_DAYS;
      default -> count * 3L / 2 + WEEK_DAYS;
    };
  }
}
