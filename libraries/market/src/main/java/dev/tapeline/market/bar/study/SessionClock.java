package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.session.DayStatus;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.session.TradingSession;
import dev.tapeline.market.session.Venue;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one venue, and the days, weeks and months that they make. A date that the
 * calendar does not cover has the usual hours, as ticks prove that there was trading. A venue that
 * it does not list at all has a session for each day of UTC. Keeps the newest answers, because all
 * instruments of a venue ask for the same; owned by the thread of one market.
 */
final class SessionClock {

  private static final Venue ALWAYS = new Venue("UTC", MarketClass.ALWAYS);
  private static final int WEEK_DAYS = 7;

  private final TradingCalendar calendar;
  private final Venue venue;
  private final boolean listed;

  private @Nullable LocalDate sessionsDate;
  private List<SessionSpan> sessions = List.of();
  private final Known day = new Known();
  private final Known week = new Known();
  private final Known month = new Known();

  /** The newest span of one unit. */
  private static final class Known {

    private @Nullable LocalDate date;
    private @Nullable FrameSpan span;
  }

  private SessionClock(TradingCalendar calendar, Venue venue) {
    this.calendar = calendar;
    this.venue = venue;
    this.listed =
        venue.marketClass() != MarketClass.ALWAYS
            && !calendar.usualSessions(venue, LocalDate.EPOCH).isEmpty();
  }

  /** The sessions of a venue. */
  static SessionClock of(TradingCalendar calendar, Venue venue) {
    return new SessionClock(calendar, venue);
  }

  /** A session for each day of UTC. */
  static SessionClock always() {
    return new SessionClock(new TradingCalendar(List.of()), ALWAYS);
  }

  /** Whether sessions are days of UTC. */
  boolean isAlways() {
    return !listed;
  }

  /** The session with continuous trading or an auction at a time; null if there is none. */
  @Nullable SessionSpan at(long millis) {
    LocalDate date = calendar.date(venue, Instant.ofEpochMilli(millis));
    for (SessionSpan session : sessions(date)) {
      if (session.isOpenAt(millis) || session.isAuctionAt(millis)) {
        return session;
      }
    }
    return null;
  }

  private List<SessionSpan> sessions(LocalDate date) {
    if (!date.equals(sessionsDate)) {
      sessions = listed ? scheduled(date) : List.of(utcDay(date));
      sessionsDate = date;
    }
    return sessions;
  }

  private List<SessionSpan> scheduled(LocalDate date) {
    List<SessionSpan> found = new ArrayList<>();
    for (TradingSession session : tradingSessions(date)) {
      long open = session.open().toEpochMilli();
      found.add(
          new SessionSpan(
              date, open, open, session.close().toEpochMilli(), session.end().toEpochMilli()));
    }
    return found;
  }

  private List<TradingSession> tradingSessions(LocalDate date) {
    return calendar.status(venue, date) == DayStatus.UNKNOWN
        ? calendar.usualSessions(venue, date)
        : calendar.sessions(venue, date);
  }

  private static SessionSpan utcDay(LocalDate date) {
    long begin = midnight(date);
    long end = midnight(date.plusDays(1));
    return new SessionSpan(date, begin, begin, end, end);
  }

  private static long midnight(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** When the days that have sessions begin, of all that begin in a time. */
  List<Long> dayBegins(long from, long until) {
    List<Long> begins = new ArrayList<>();
    LocalDate last = calendar.date(venue, Instant.ofEpochMilli(until));
    LocalDate date = calendar.date(venue, Instant.ofEpochMilli(from));
    for (; !date.isAfter(last); date = date.plusDays(1)) {
      List<SessionSpan> ofDate = sessions(date);
      long begin = ofDate.isEmpty() ? until : ofDate.getFirst().open();
      if (begin >= from && begin < until) {
        begins.add(begin);
      }
    }
    return begins;
  }

  /** The time of the bar that covers a time of a session. */
  FrameSpan span(Frame frame, SessionSpan session, long millis) {
    return switch (frame.unit()) {
      case SECOND, MINUTE, HOUR -> session.intraday(frame, millis);
      case DAY -> listed ? day(session.date()) : new FrameSpan(session.open(), session.close());
      case WEEK -> week(session.date());
      case MONTH -> month(session.date());
    };
  }

  private FrameSpan day(LocalDate date) {
    return known(day, date, 1);
  }

  private FrameSpan week(LocalDate date) {
    return known(week, date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), WEEK_DAYS);
  }

  private FrameSpan month(LocalDate date) {
    return known(month, date.withDayOfMonth(1), date.lengthOfMonth());
  }

  private FrameSpan known(Known known, LocalDate first, int days) {
    FrameSpan span = known.span;
    if (span == null || !first.equals(known.date)) {
      span = listed ? sessionsFrom(first, days) : utcDays(first, days);
      known.span = span;
      known.date = first;
    }
    return span;
  }

  private static FrameSpan utcDays(LocalDate first, int days) {
    return new FrameSpan(midnight(first), midnight(first.plusDays(days)));
  }

  /** From the first open to the last end of some days, one of which has a session. */
  private FrameSpan sessionsFrom(LocalDate first, int days) {
    long begin = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (int i = 0; i < days; i++) {
      for (TradingSession session : tradingSessions(first.plusDays(i))) {
        begin = Math.min(begin, session.open().toEpochMilli());
        end = Math.max(end, lastEnd(session));
      }
    }
    return new FrameSpan(begin, end);
  }

  /** The first millisecond that no trade of the session can have. */
  private static long lastEnd(TradingSession session) {
    long end = session.end().toEpochMilli();
    return session.end().equals(session.close()) ? end : end + 1;
  }
}
