package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.PastBarAsks;
import dev.tapeline.market.bar.PastBars;
import dev.tapeline.market.instrument.Instrument;
import java.util.List;

/**
 * Asks for the stored parts of bars that began before their market did: the minutes of the day, and
 * the days of the week and the month. Owned by one {@link BarStudy}.
 */
final class BarBeginning {

  /** The most days of a month, the last of which is the present one. */
  private static final int MAX_DAYS = 31;

  private final PastBarAsks past;

  /** What a beginning needs of the bars of an instrument. */
  record Parts(
      Instrument instrument,
      SessionClock clock,
      CurrentSession session,
      BarLevels levels,
      BarAddition addition,
      DayVolume volume,
      long seenSince) {}

  BarBeginning(PastBars past) {
    this.past = new PastBarAsks(past);
  }

  /** Takes what has been read. Called at each step of time. */
  void step() {
    past.step();
  }

  /** Asks for the past of bars that have begun and were not asked for yet. */
  void look(InstrumentBars bars) {
    if (past.isPossible()) {
      List<BarLevel> fresh = bars.takeUnasked();
      if (!fresh.isEmpty()) {
        ask(bars, fresh);
      }
    }
  }

  private void ask(InstrumentBars bars, List<BarLevel> fresh) {
    Parts parts = bars.parts();
    long known = parts.levels().firstMinute(parts.seenSince());
    SessionSpan session = parts.session().at(known);
    List<BarLevel> begun = fresh.stream().filter(level -> level.current().begin < known).toList();
    if (session != null && !begun.isEmpty()) {
      long day = parts.clock().span(Frame.DAY, session, known).begin();
      long minutesFrom = day;
      long daysFrom = day;
      if (begun.stream().noneMatch(level -> PastParts.isOfDays(level.frame))) {
        minutesFrom = earliest(begun, known);
      } else {
        daysFrom = Math.min(day, earliest(begun, known));
      }
      PastParts into = new PastParts(bars, begun, minutesFrom, day, known);
      ask(parts.instrument(), Frame.DAY, daysFrom, day, into);
      ask(parts.instrument(), Frame.MINUTE, minutesFrom, known, into);
    }
  }

  private static long earliest(List<BarLevel> levels, long known) {
    return levels.stream().mapToLong(level -> level.current().begin).min().orElse(known);
  }

  private void ask(Instrument instrument, Frame frame, long from, long to, PastParts into) {
    boolean isOfMinutes = frame.equals(Frame.MINUTE);
    if (from >= to) {
      into.take(frame, List.<Bar>of());
      return;
    }
    long count = isOfMinutes ? 1 + (to - from) / frame.millis() : MAX_DAYS;
    int most = (int) Math.min(count, PastBars.MAX_BARS);
    past.add(new PastBars.Ask(instrument, frame, from, to, most), found -> into.take(frame, found));
  }
}
