package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Frame;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one instrument. The base frame, which ticks change, is the minute, or the second
 * while frames of seconds are there. Each closed bar of the base is folded into the forming bars of
 * all others, so that these have everything but the forming bar of the base. Owned by one {@link
 * InstrumentBars}.
 */
final class BarLevels {

  /** The most frames of one instrument. */
  static final int MAX = 40;

  private final BarRules rules;
  private final BarCounts counts;
  private final FormingBar composed;
  private final FormingBar part;
  private final BarLevel minute;
  private final ClosedBars minutes;
  private BarLevel base;

  /** All but the base, shortest first. */
  private List<BarLevel> others = new ArrayList<>();

  /** All, the base first. */
  private List<BarLevel> all = new ArrayList<>();

  /** What an instrument knows when a frame begins to be wanted. */
  interface Begin {

    /** The bar of a frame that covers a time; null if there is no session then. */
    @Nullable FrameSpan span(Frame frame, long time);

    long closedUntil();

    long seenSince();
  }

  BarLevels(BarShared shared) {
    this.rules = shared.rules;
    this.counts = shared.counts;
    this.composed = shared.scratch;
    this.part = shared.part;
    this.minutes = new ClosedBars(rules.kept());
    this.minute = level(Frame.MINUTE, Long.MIN_VALUE);
    this.base =
        rules.frames().stream().anyMatch(BarLevels::isOfSeconds)
            ? level(Frame.SECOND, Long.MIN_VALUE)
            : minute;
    List<BarLevel> first = new ArrayList<>(List.of(minute));
    for (Frame frame : rules.frames()) {
      if (!frame.equals(Frame.MINUTE) && !frame.equals(base.frame)) {
        first.add(level(frame, Long.MIN_VALUE));
      }
    }
    arrange(first);
  }

  /** Whether a frame can't be made of minutes. */
  private static boolean isOfSeconds(Frame frame) {
    return frame.isIntraday() && frame.millis() % Frame.MINUTE.millis() != 0;
  }

  private BarLevel level(Frame frame, long since) {
    return new BarLevel(frame, since, rules.frames().contains(frame), rules.amendMillis());
  }

  private void arrange(List<BarLevel> levels) {
    others =
        levels.stream()
            .filter(level -> level != base)
            .sorted((a, b) -> BarRules.BY_LENGTH.compare(a.frame, b.frame))
            .toList();
    all = new ArrayList<>(others.size() + 1);
    all.add(base);
    all.addAll(others);
  }

  BarLevel base() {
    return base;
  }

  /** All but the base, shortest first. */
  List<BarLevel> others() {
    return others;
  }

  /** All, the base first. */
  List<BarLevel> all() {
    return all;
  }

  /** The level of a frame; null if there is none. */
  @Nullable BarLevel of(Frame frame) {
    for (BarLevel level : all) {
      if (level.frame.equals(frame)) {
        return level;
      }
    }
    return null;
  }

  /** Something of the time of the forming bars is missing. */
  void miss() {
    all.forEach(level -> level.current().partial = true);
  }

  /** Drops the forming bars without a trade. */
  void dropEmpty() {
    FormingBar newest = base.current();
    newest.active &= newest.count > 0;
    for (BarLevel level : others) {
      FormingBar bar = level.current();
      bar.active &= newest.active || bar.count > 0;
    }
  }

  /** Closes the forming bar of a frame; one of the base goes into all others. */
  FormingBar close(BarLevel level) {
    FormingBar closed = level.close();
    if (level == base) {
      for (BarLevel other : others) {
        if (other.current().active) {
          other.current().fold(closed);
        }
      }
    }
    if (level == minute) {
      minutes.put(closed);
    }
    return closed;
  }

  /** A closed bar has changed. */
  void amended(BarLevel level, FormingBar bar) {
    if (level == minute) {
      minutes.put(bar);
    }
  }

  /** The forming bar of a frame with all that is known, until the next call. */
  FormingBar composed(BarLevel level) {
    FormingBar current = level.current();
    FormingBar newest = base.current();
    if (level == base || !current.active || !newest.active) {
      return current;
    }
    composed.copy(current);
    composed.fold(newest);
    return composed;
  }

  /** The newest closed bar of the base; null if there is none. */
  @Nullable FormingBar newestClosed() {
    FormingBar newest = base.newest();
    return newest == null ? minute.newest() : newest;
  }

  boolean pricesFit(int places) {
    boolean fit = minutes.pricesFit(places);
    for (BarLevel level : all) {
      fit &= level.pricesFit(places);
    }
    return fit;
  }

  void refinePrices(int places) {
    minutes.refinePrices(places);
    all.forEach(level -> level.refinePrices(places));
  }

  void refineVolumes(int places) {
    minutes.refineVolumes(places);
    all.forEach(level -> level.refineVolumes(places));
  }

  /** The frames made of minutes whose first bar has begun, each once. */
  List<BarLevel> takeUnasked() {
    List<BarLevel> fresh = List.of();
    for (BarLevel level : others) {
      if (!level.asked && level.current().active) {
        level.asked = true;
        if (level != minute && !isOfSeconds(level.frame)) {
          fresh = fresh.isEmpty() ? new ArrayList<>() : fresh;
          fresh.add(level);
        }
      }
    }
    return fresh;
  }

  /** When the first minute begins that is known; another time if there is none. */
  long firstMinute(long otherwise) {
    if (minutes.size() > 0) {
      return minutes.oldestTime();
    }
    return minute.current().active ? minute.current().begin : otherwise;
  }

  /** Keeps a minute of the past, for frames that are wanted later. */
  void keepMinute(FormingBar past) {
    minutes.put(past);
  }

  /** Adds what was traded of a session while nothing was heard to the bars that have all of it. */
  void addMissed(DayVolume volume, BarAddition addition) {
    BigDecimal missed = volume.takeMissed();
    if (missed != null) {
      addition.takeNoPrice();
      addition.takeVolume(missed);
      for (BarLevel level : all) {
        if (!level.frame.isIntraday() && level.current().active) {
          addition.applyTo(level.current(), level.current().begin);
        }
      }
    }
  }

  /** Follows which frames are wanted; returns whether one is that was not before. */
  boolean want(List<Frame> frames, Begin begin) {
    for (Frame frame : frames) {
      if (all.stream().noneMatch(level -> level.frame.equals(frame))) {
        add(frame, begin);
      }
    }
    boolean fresh = false;
    for (BarLevel level : all) {
      boolean now = frames.contains(level.frame);
      fresh |= now && !level.wanted;
      level.wanted = now;
    }
    if (all.stream().anyMatch(this::isIdle)) {
      arrange(all.stream().filter(level -> !isIdle(level)).toList());
    }
    return fresh;
  }

  private boolean isIdle(BarLevel level) {
    return !level.isTold() && level != base && level != minute;
  }

  private void add(Frame frame, Begin begin) {
    if (all.size() >= MAX) {
      counts.count(BarCounts.Reason.TOO_MANY_FRAMES);
      return;
    }
    if (isOfSeconds(frame) && base == minute) {
      beginSeconds(begin);
    }
    if (!frame.equals(base.frame)) {
      List<BarLevel> more = new ArrayList<>(all);
      more.add(seeded(frame, begin));
      arrange(more);
    }
  }

  /** Makes the second the base: what the minute has so far goes into all others. */
  private void beginSeconds(Begin begin) {
    FormingBar sofar = minute.current();
    if (sofar.active) {
      for (BarLevel other : others) {
        if (other.current().active) {
          other.current().fold(sofar);
        }
      }
    }
    base = level(Frame.SECOND, sofar.active ? sofar.closeTime + 1 : begin.closedUntil());
    arrange(all);
  }

  /** Makes the minute the base again, at the end of one, once no frame of seconds is there. */
  void settle() {
    boolean isBetween = !base.current().active && !minute.current().active;
    if (base != minute
        && isBetween
        && !base.isTold()
        && others.stream().noneMatch(this::needsSeconds)) {
      base = minute;
      arrange(others);
    }
  }

  private boolean needsSeconds(BarLevel level) {
    return isOfSeconds(level.frame);
  }

  /** A frame whose bar begins with what the kept bars know of it. */
  private BarLevel seeded(Frame frame, Begin begin) {
    FormingBar newest = newest(frame);
    FrameSpan span = newest == null ? null : begin.span(frame, newest.begin);
    if (span == null) {
      return level(frame, begin.closedUntil());
    }
    if (span.end() <= begin.closedUntil()) {
      return level(frame, span.end());
    }
    BarLevel made = level(frame, span.begin());
    boolean partial = span.begin() < Math.max(begin.seenSince(), knownSince(frame));
    made.current().begin(span.begin(), span.end(), partial);
    if (isOfSeconds(frame)) {
      foldRecent(base, made.current());
    } else {
      foldMinutes(made.current());
    }
    return made;
  }

  /** The newest bar that one of the frame is made of; null if there is none. */
  private @Nullable FormingBar newest(Frame frame) {
    if (base.current().active) {
      return base.current();
    }
    if (isOfSeconds(frame)) {
      return base.newest();
    }
    return minute.current().active ? minute.current() : newestClosed();
  }

  private long knownSince(Frame frame) {
    if (isOfSeconds(frame)) {
      return base.isFull() ? base.at(0).begin : base.since;
    }
    return minutes.hasDropped() ? minutes.oldestTime() : Long.MIN_VALUE;
  }

  /** Folds the bars that late trades can still amend: these know when they began and ended. */
  private static void foldRecent(BarLevel level, FormingBar target) {
    for (int i = 0; i < level.recentSize(); i++) {
      FormingBar bar = level.at(i);
      if (bar.begin >= target.begin && bar.begin < target.end) {
        target.fold(bar);
      }
    }
  }

  private void foldMinutes(FormingBar target) {
    long recent = minute.recentSize() == 0 ? target.end : minute.at(0).begin;
    minutes.foldInto(target, target.begin, Math.min(recent, target.end), part);
    foldRecent(minute, target);
    if (base != minute && minute.current().active) {
      target.fold(minute.current());
    }
  }
}
