package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes bars of longer frames of closed bars that were kept, as {@link BarStudy} makes them of
 * trades: over the same times, and from the first part to the last. It can't know what the parts
 * don't tell, such as the print of an auction. Owned by one thread.
 */
public final class BarFolding {

  private final BarSessions sessions;

  public BarFolding(BarSessions sessions) {
    this.sessions = sessions;
  }

  /** The time of the bar of a frame that covers this time; empty outside of sessions. */
  public OptionalLong begin(Instrument instrument, Frame frame, long time) {
    FrameSpan span = span(sessions.of(instrument).clock(), frame, time);
    return span == null ? OptionalLong.empty() : OptionalLong.of(span.begin());
  }

  private static @Nullable FrameSpan span(SessionClock clock, Frame frame, long time) {
    SessionSpan session = clock.at(time);
    return session == null ? null : clock.span(frame, session, time);
  }

  /**
   * The bars of a frame that shorter ones make, in order of time. A part outside of sessions is
   * left out.
   *
   * @param parts closed bars of one frame, in order of time
   * @param knownUntil the time up to which there are no other parts, epoch ms UTC: a bar that ends
   *     later than that, and than its last part, is not closed yet
   */
  public List<Bar> fold(Instrument instrument, Frame frame, List<Bar> parts, long knownUntil) {
    SessionClock clock = sessions.of(instrument).clock();
    List<Bar> folded = new ArrayList<>();
    List<Bar> group = new ArrayList<>();
    FrameSpan current = null;
    for (Bar part : parts) {
      FrameSpan span = span(clock, frame, part.time());
      if (span != null && current != null && span.begin() != current.begin()) {
        folded.add(bar(frame, current, group, true));
        group.clear();
      }
      if (span != null) {
        group.add(part);
        current = span;
      }
    }
    if (current != null) {
      FrameSpan last = span(clock, group.getLast().frame(), group.getLast().time());
      long known = last == null ? knownUntil : Math.max(last.end(), knownUntil);
      folded.add(bar(frame, current, group, known >= current.end()));
    }
    return folded;
  }

  private static Bar bar(Frame frame, FrameSpan span, List<Bar> parts, boolean closed) {
    int revision = 0;
    boolean partial = false;
    for (Bar part : parts) {
      revision += part.state().revision();
      partial |= part.state().partial();
    }
    long count = count(parts);
    return new Bar(
        frame,
        span.begin(),
        prices(count == 0 ? parts : parts.stream().filter(part -> part.count() != 0).toList()),
        volume(parts),
        count,
        new Bar.State(closed, revision, partial));
  }

  /** The sum of the counts; unknown if one of them is. */
  private static long count(List<Bar> parts) {
    return parts.stream().allMatch(Bar::isCounted)
        ? parts.stream().mapToLong(Bar::count).sum()
        : Bar.UNKNOWN_COUNT;
  }

  private static Ohlc prices(List<Bar> parts) {
    BigDecimal high = parts.getFirst().prices().high();
    BigDecimal low = parts.getFirst().prices().low();
    for (Bar part : parts) {
      high = high.max(part.prices().high());
      low = low.min(part.prices().low());
    }
    BigDecimal open = parts.getFirst().prices().open();
    BigDecimal close = parts.getLast().prices().close();
    return new Ohlc(open, high, low, close);
  }

  /** The sum of those that are known; null if none is. */
  private static @Nullable BigDecimal volume(List<Bar> parts) {
    BigDecimal sum = null;
    for (Bar part : parts) {
      if (part.volume() != null) {
        sum = sum == null ? part.volume() : sum.add(part.volume());
      }
    }
    return sum;
  }
}
