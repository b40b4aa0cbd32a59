package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Frame;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bars of one instrument and one frame: the forming one, and those closed just now, which late
 * trades amend. Owned by one {@link InstrumentBars}.
 */
final class BarLevel {

  final Frame frame;

  /** The first bar that it knows; late trades of earlier ones are none of its own. */
  final long since;

  /** Whether its closed bars are told in any case. */
  final boolean configured;

  /** Whether somebody wants it now. */
  boolean wanted;

  /** Whether a closed bar has changed since it was told. */
  boolean amended;

  /** Whether the past of its first bar was asked for. */
  boolean asked;

  private FormingBar current = new FormingBar();

  /** The closed bars, the oldest first; those beyond the limit are reused. */
  private final FormingBar[] recent;

  private int recentSize;

  BarLevel(Frame frame, long since, boolean configured, long amendMillis) {
    this.frame = frame;
    this.since = since;
    this.configured = configured;
    int bars = frame.isIntraday() ? (int) Math.min(1_000, amendMillis / frame.millis()) : 0;
    this.recent = new FormingBar[bars + 2];
  }

  FormingBar current() {
    return current;
  }

  /** Whether its closed bars are told. */
  boolean isTold() {
    return configured || wanted;
  }

  /** Keeps the forming bar as a closed one; there is no forming one then. */
  FormingBar close() {
    FormingBar closed = current;
    current = inserted(recentSize, closed);
    current.active = false;
    return closed;
  }

  /** The closed bar of a time; an empty one, which is made, if there was no trade in it. */
  FormingBar closed(FrameSpan span, boolean isPartial) {
    int place = recentSize;
    while (place > 0 && at(place - 1).begin > span.begin()) {
      place--;
    }
    if (place > 0 && at(place - 1).begin == span.begin()) {
      return at(place - 1);
    }
    FormingBar made = new FormingBar();
    made.begin(span.begin(), span.end(), isPartial);
    FormingBar _ = inserted(place, made);
    return made;
  }

  /** Puts a bar in its place; returns one that is free. */
  private FormingBar inserted(int place, FormingBar bar) {
    FormingBar free = null;
    int target = place;
    if (recentSize == recent.length) {
      free = recent[0];
      System.arraycopy(recent, 1, recent, 0, recentSize - 1);
      recentSize--;
      target = Math.max(0, target - 1);
    }
    System.arraycopy(recent, target, recent, target + 1, recentSize - target);
    recent[target] = bar;
    recentSize++;
    return free == null ? new FormingBar() : free;
  }

  /** Whether another closed bar takes the place of one. */
  boolean isFull() {
    return recentSize == recent.length;
  }

  int recentSize() {
    return recentSize;
  }

  /** A closed bar, the oldest first. */
  FormingBar at(int place) {
    return Objects.requireNonNull(recent[place]);
  }

  /** The newest closed bar; null if there is none. */
  @Nullable FormingBar newest() {
    return recentSize == 0 ? null : at(recentSize - 1);
  }

  boolean pricesFit(int places) {
    boolean fit = current.pricesFit(places);
    for (int i = 0; i < recentSize; i++) {
      fit &= at(i).pricesFit(places);
    }
    return fit;
  }

  void refinePrices(int places) {
    current.refinePrices(places);
    for (int i = 0; i < recentSize; i++) {
      at(i).refinePrices(places);
    }
  }

  void refineVolumes(int places) {
    current.refineVolume(places);
    for (int i = 0; i < recentSize; i++) {
      at(i).refineVolume(places);
    }
  }
}
