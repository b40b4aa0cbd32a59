package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bars of one instrument. A tick changes one bar, that of the base frame: a minute, or a second
 * while frames of seconds are wanted. When it closes it is folded into those of the longer frames.
 * Owned by the thread of its market.
 */
final class InstrumentBars implements BarLevels.Begin {

  private static final long UNSEEN = Long.MAX_VALUE;

  private Instrument instrument;
  private final SessionClock clock;
  private final BarShared shared;
  private final BarLevels levels;
  private final BarAddition addition;
  private final BarTeller teller;
  private final DayVolume volume;
  private final DayRange range;
  private final CurrentSession session;

  /** From when on all ticks were seen. */
  private long seenSince = UNSEEN;

  /** The time of the newest trade. */
  private long newest = Long.MIN_VALUE;

  /** Up to where closed bars end. */
  private long frontier = Long.MIN_VALUE;

  private boolean changed;

  /**
   * @param hasSessionVolume whether a volume of the day is that of the session, and not that of the
   *     last 24 hours
   */
  InstrumentBars(
      Instrument instrument, SessionClock clock, boolean hasSessionVolume, BarShared shared) {
    this.instrument = instrument;
    this.clock = clock;
    this.shared = shared;
    this.levels = new BarLevels(shared);
    this.addition = new BarAddition(levels, shared);
    this.teller = new BarTeller(shared, levels, addition);
    this.volume = new DayVolume(shared.counts, hasSessionVolume, clock.isAlways());
    this.range = new DayRange(levels, addition, hasSessionVolume);
    this.session = new CurrentSession(clock, this::beginSession);
  }

  private void beginSession() {
    volume.sumAnew();
    range.startOver();
  }

  String symbol() {
    return instrument.symbol();
  }

  /** Takes the instrument as the registry has it now. */
  void rename(Instrument now) {
    instrument = now;
  }

  /** Notes that ticks come from now on. */
  void seen() {
    long time = shared.time();
    if (seenSince == UNSEEN && time != BarShared.NO_TIME) {
      seenSince = time;
    }
  }

  /** Takes a price, with its quantity where there is one. */
  void traded(long time, BigDecimal price, @Nullable BigDecimal quantity) {
    if (takes(time, price)) {
      addition.takeVolume(volume.traded(time, quantity));
      add(time);
      volume.placed();
      newest = Math.max(newest, time);
    }
  }

  /** Takes the value of an index, which has no volume. */
  void valued(long time, BigDecimal value) {
    if (takes(time, value)) {
      addition.takeVolume(null);
      add(time);
      newest = Math.max(newest, time);
    }
  }

  private boolean takes(long time, BigDecimal price) {
    if (price.signum() <= 0) {
      shared.counts.count(BarCounts.Reason.NOT_POSITIVE);
      return false;
    }
    if (!shared.admit(time) || !addition.takePrice(price)) {
      return false;
    }
    seen();
    seenSince = seenSince == UNSEEN ? time : seenSince;
    return true;
  }

  /** Adds what is at hand to the bars that cover a time. */
  private void add(long time) {
    FormingBar bar = levels.base().current();
    if (bar.covers(time)) {
      addition.applyTo(bar, time);
      change();
    } else {
      place(time);
    }
  }

  /** Notes that there is something to tell. */
  void change() {
    if (!changed) {
      changed = true;
      shared.changed.add(this);
    }
  }

  /** Puts the tick into another bar than the forming one of the base frame. */
  private void place(long time) {
    SessionSpan in = session.at(time);
    if (in == null) {
      shared.counts.count(BarCounts.Reason.OUTSIDE_SESSION);
      return;
    }
    if (in.isAuctionAt(time)) {
      auction(in, time);
      return;
    }
    closeDue(); // what counts as closed now stays so, also if the delay grows again
    FrameSpan span = clock.span(levels.base().frame, in, time);
    if (span.end() <= closedUntil()) {
      late(in, span, time);
      return;
    }
    closeThrough(span.begin());
    begin(in, clock.span(levels.base().frame, in, time), time); // another base, perhaps
    addition.applyTo(levels.base().current(), time);
    change();
  }

  private void begin(SessionSpan in, FrameSpan baseSpan, long time) {
    begin(levels.base(), baseSpan);
    for (BarLevel level : levels.others()) {
      if (!level.current().active) {
        begin(level, clock.span(level.frame, in, time));
      }
    }
  }

  private void begin(BarLevel level, FrameSpan span) {
    boolean partial = span.begin() < seenSince || span.begin() < level.since;
    level.current().begin(span.begin(), span.end(), partial);
    shared.ends(span.end());
  }

  /** Puts the print of a closing auction into the day's bar, and those of longer frames. */
  private void auction(SessionSpan in, long time) {
    FrameSpan day = clock.span(Frame.DAY, in, time);
    if (isTooLate(day)) {
      return;
    }
    closeThrough(Math.max(frontier, in.close()));
    for (BarLevel level : levels.all()) {
      if (!level.frame.isIntraday()) {
        addTo(level, clock.span(level.frame, in, time), time);
      }
    }
    change();
  }

  /** Amends the bars of a trade that comes after its bar was closed. */
  private void late(SessionSpan in, FrameSpan span, long time) {
    if (isTooLate(span)) {
      return;
    }
    for (BarLevel level : levels.all()) {
      addTo(level, clock.span(level.frame, in, time), time);
    }
    change();
  }

  private boolean isTooLate(FrameSpan span) {
    boolean isLate =
        span.end() <= closedUntil()
            && span.end() + shared.rules.amendMillis() < Math.max(newest, shared.time());
    if (isLate) {
      shared.counts.count(BarCounts.Reason.TOO_LATE);
    }
    return isLate;
  }

  private void addTo(BarLevel level, FrameSpan span, long time) {
    FormingBar current = level.current();
    if (current.active && current.begin == span.begin()) {
      addition.applyTo(current, time);
    } else if (span.begin() < level.since) {
      return; // it was not there then
    } else if (!current.active && span.end() > closedUntil()) {
      begin(level, span);
      addition.applyTo(current, time);
    } else {
      FormingBar closed = level.closed(span, span.begin() < seenSince);
      int revision = closed.revision;
      addition.applyTo(closed, time);
      closed.revision = revision; // counted when it is told
      closed.amended = true;
      level.amended = true;
      levels.amended(level, closed);
    }
  }

  /** Closes the bars that have ended at a time, or before it. */
  private void closeThrough(long until) {
    FormingBar base = levels.base().current();
    while (base.active && base.end <= until) {
      long end = base.end;
      close(levels.base());
      closeOthers(end);
      fillFrom(end);
      base = levels.base().current();
    }
    closeOthers(until);
    frontier = Math.max(frontier, until);
    levels.settle();
  }

  private void closeOthers(long until) {
    for (BarLevel level : levels.others()) {
      FormingBar bar = level.current();
      if (bar.active && bar.end <= until) {
        close(level);
      }
    }
  }

  private void close(BarLevel level) {
    FormingBar bar = level.current();
    if (bar.count == 0 && !fill(bar)) {
      bar.active = false;
      return;
    }
    teller.tellAmended(instrument, level); // the one that it takes the place of may be among them
    teller.tellClosed(instrument, level, levels.close(level));
  }

  /** Fills a bar without a trade, where there is to be one. */
  private boolean fill(FormingBar bar) {
    FormingBar before = levels.newestClosed();
    if (shared.rules.empty() == EmptyBars.NONE || !shared.feedIsUp || before == null) {
      return false;
    }
    bar.fill(before.close, before.hasVolume);
    return true;
  }

  /** Begins the next bar of the base frame without a trade, if empty ones are told. */
  private void fillFrom(long time) {
    SessionSpan in = session.latest();
    if (shared.rules.empty() == EmptyBars.FLAT
        && shared.feedIsUp
        && in != null
        && in.isOpenAt(time)) {
      begin(in, clock.span(levels.base().frame, in, time), time);
    }
  }

  /** Closes all bars that count as closed by now. */
  void closeDue() {
    closeThrough(closedUntil());
  }

  /** When the first of the forming bars ends. */
  long earliestEnd() {
    long earliest = Long.MAX_VALUE;
    for (BarLevel level : levels.all()) {
      FormingBar bar = level.current();
      if (bar.active) {
        earliest = Math.min(earliest, bar.end);
      }
    }
    return earliest;
  }

  private void volumeTold(BigDecimal told) {
    seen();
    long now = shared.time();
    SessionSpan in = now == BarShared.NO_TIME ? session.latest() : session.at(now);
    if (in == null) {
      in = session.latest(); // before the open, or after the close
    }
    long open = in == null ? Long.MIN_VALUE : in.open();
    BigDecimal grown = volume.told(told, open, seenSince <= open);
    if (grown != null) {
      addition.takeNoPrice();
      addition.takeVolume(grown);
      add(volume.unpaid());
      volume.paid();
    }
    levels.addMissed(volume, addition);
  }

  /** Takes the figures of the day. */
  void dayTold(Tick.DayStats told) {
    BigDecimal traded = told.volume();
    if (traded == null) {
      seen();
    } else {
      volumeTold(traded);
    }
    if (range.told(told)) {
      change();
    }
  }

  /** Begins a session at a time, where the clock does not know them. */
  void sessionStarted(long time) {
    if (clock.isAlways() && newest != Long.MIN_VALUE) {
      for (BarLevel level : levels.all()) {
        boolean ends = level.frame.isIntraday() || level.frame.equals(Frame.DAY);
        if (ends && level.current().active) {
          close(level);
        }
      }
      levels.settle();
      frontier = Math.max(frontier, time);
      session.startAt(time);
    }
    volume.startOver();
    seenSince = Math.min(seenSince, time);
  }

  /** Nothing comes from the feed for now. */
  void feedLost() {
    levels.miss();
    levels.dropEmpty();
  }

  /** The feed is back: bars that have begun before have a gap. */
  void feedFound() {
    levels.miss();
    seenSince = UNSEEN;
    seen();
  }

  /** Follows which frames are wanted. */
  void want(List<Frame> frames) {
    if (levels.want(frames, this)) {
      change();
    }
  }

  @Override
  public @Nullable FrameSpan span(Frame frame, long time) {
    SessionSpan in = session.latest();
    return in != null && in.isOpenAt(time) ? clock.span(frame, in, time) : null;
  }

  @Override
  public long closedUntil() {
    return Math.max(frontier, shared.closedUntil());
  }

  @Override
  public long seenSince() {
    return seenSince;
  }

  /** Tells amended bars, and the forming ones that are wanted. */
  void tellChanges() {
    changed = false;
    teller.tellChanges(instrument);
  }

  /** Whether nothing is missing since a time from which on all was seen. */
  boolean hasSeenAllSince(long time) {
    return seenSince == time && shared.feedIsUp;
  }

  /** The frames whose first bar has begun, each once. */
  List<BarLevel> takeUnasked() {
    return levels.takeUnasked();
  }

  /** What begins with bars of the past. */
  BarBeginning.Parts parts() {
    return new BarBeginning.Parts(instrument, clock, session, levels, addition, volume, seenSince);
  }
}
