package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stored parts of the bars of one instrument that began before its market did, once they are
 * read. They become part of the bars of a set of frames, forming or closed since. Such a bar stays
 * partial unless all of its minutes, and all of its days before the present one, are there and
 * whole: what is filled in later has its place there. Used once, by the market's thread.
 */
final class PastParts {

  private final InstrumentBars bars;
  private final List<BarLevel> levels;
  private final long minutesFrom;
  private final long day;
  private final long known;
  private final long seenSince;
  private @Nullable List<Bar> minutes;
  private @Nullable List<Bar> days;

  /**
   * @param levels the frames whose bars are to have them
   * @param minutesFrom when the first minute begins that was asked for
   * @param day when the day begins that {@code known} is of: longer bars have stored days before
   * @param known from when on the bars have everything that was seen
   */
  PastParts(InstrumentBars bars, List<BarLevel> levels, long minutesFrom, long day, long known) {
    this.bars = bars;
    this.levels = levels;
    this.minutesFrom = minutesFrom;
    this.day = day;
    this.known = known;
    this.seenSince = bars.seenSince();
  }

  /** Whether a bar of this frame is made of days. */
  static boolean isOfDays(Frame frame) {
    return !frame.isIntraday() && !frame.equals(Frame.DAY);
  }

  /** Takes the stored bars of minutes or days, in order of time; those that come last begin it. */
  void take(Frame frame, List<Bar> found) {
    if (frame.equals(Frame.MINUTE)) {
      minutes = found;
    } else {
      days = found;
    }
    List<Bar> ofDay = minutes;
    List<Bar> before = days;
    if (ofDay != null && before != null && !(ofDay.isEmpty() && before.isEmpty())) {
      begin(before, ofDay);
    }
  }

  private void begin(List<Bar> before, List<Bar> ofDay) {
    BarBeginning.Parts parts = bars.parts();
    List<Bar> fitting = before.stream().filter(parts.addition()::takeBar).toList();
    List<Bar> fittingOfDay = ofDay.stream().filter(parts.addition()::takeBar).toList();
    fittingOfDay.forEach(bar -> parts.levels().keepMinute(parts.addition().units(bar)));
    for (BarLevel level : levels) {
      List<Bar> earlier = isOfDays(level.frame) ? fitting : List.of();
      begin(level.current(), earlier, fittingOfDay);
      for (int i = 0; i < level.recentSize(); i++) {
        FormingBar closed = level.at(i);
        if (begin(closed, earlier, fittingOfDay)) {
          closed.amended = true;
          level.amended = true;
        }
      }
    }
    settleVolume(parts, fittingOfDay);
    bars.change();
  }

  /** Begins one bar with its parts; returns whether it has any. */
  private boolean begin(FormingBar bar, List<Bar> before, List<Bar> ofDay) {
    if (!bar.active || bar.begin >= known) {
      return false;
    }
    long openTime = bar.openTime;
    boolean changed = fold(before, bar);
    changed |= fold(ofDay, bar);
    if (changed && !bar.told && bar.openTime != openTime) {
      bar.revision++;
    }
    bar.partial &= !isWhole(bar, before, ofDay);
    return changed;
  }

  private boolean fold(List<Bar> parts, FormingBar bar) {
    boolean changed = false;
    for (Bar part : parts) {
      if (part.time() >= bar.begin && part.time() < Math.min(bar.end, known)) {
        bar.fold(bars.parts().addition().units(part));
        changed = true;
      }
    }
    return changed;
  }

  /** Whether nothing of a bar is missing. */
  private boolean isWhole(FormingBar bar, List<Bar> before, List<Bar> ofDay) {
    boolean isSeenSince = seenSince <= known && bars.hasSeenAllSince(seenSince);
    return isSeenSince
        && hasMinutes(Math.max(bar.begin, minutesFrom), bar, ofDay)
        && hasDays(bar, before);
  }

  private boolean hasMinutes(long from, FormingBar bar, List<Bar> ofDay) {
    long until = Math.min(bar.end, known);
    long length = Frame.MINUTE.millis();
    long count = ofDay.stream().filter(part -> isWhole(part, from, until)).count();
    return count * length >= until - from;
  }

  private boolean hasDays(FormingBar bar, List<Bar> before) {
    Set<Long> whole =
        before.stream()
            .filter(part -> isWhole(part, bar.begin, day))
            .map(Bar::time)
            .collect(Collectors.toSet());
    return bar.begin >= day || whole.containsAll(bars.parts().clock().dayBegins(bar.begin, day));
  }

  private static boolean isWhole(Bar part, long from, long until) {
    boolean isKnown = part.isCounted() && !part.state().partial();
    return isKnown && part.time() >= from && part.time() < until;
  }

  /** What the vendor counted of the session, and no stored minute has, was traded in between. */
  private void settleVolume(BarBeginning.Parts parts, List<Bar> ofDay) {
    SessionSpan session = parts.session().latest();
    if (session != null && session.isOpenAt(known) && minutesFrom <= session.open()) {
      BigDecimal sum = BigDecimal.ZERO;
      for (Bar minute : ofDay) {
        BigDecimal volume = minute.volume();
        sum = volume == null || minute.time() < session.open() ? sum : sum.add(volume);
      }
      parts.volume().store(sum);
      parts.levels().addMissed(parts.volume(), parts.addition());
    }
  }
}
