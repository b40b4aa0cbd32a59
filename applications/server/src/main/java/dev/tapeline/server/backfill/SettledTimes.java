package dev.tapeline.server.backfill;

import java.util.ArrayList;
import java.util.List;

/**
 * The times for which all was done that can be, each until a time at which it is looked at again.
 * At most {@value #MOST} spans are remembered; of more, that which is due first is forgotten. Not
 * thread-safe.
 */
final class SettledTimes {

  static final int MOST = 64;

  /** Spans that are due later than this become one. */
  private static final long LONG_MILLIS = 600_000;

  private List<Settled> all = new ArrayList<>();

  private record Settled(FillSpan span, long until) {}

  /** A span is settled until a time; what was said of it before no longer counts. */
  void add(FillSpan span, long until, long now) {
    if (span.isEmpty()) {
      return;
    }
    remove(span, now);
    Settled joined = new Settled(span, until);
    List<Settled> others = new ArrayList<>();
    for (Settled one : all) {
      if (canJoin(joined, one, now)) {
        joined = join(joined, one);
      } else {
        others.add(one);
      }
    }
    others.add(joined);
    all = others;
    if (all.size() > MOST) {
      all.sort((one, other) -> Long.compare(one.until, other.until));
      all.removeFirst();
    }
  }

  private static boolean canJoin(Settled one, Settled other, long now) {
    boolean isLong = one.until - now > LONG_MILLIS && other.until - now > LONG_MILLIS;
    return isLong && one.span.from() <= other.span.to() && other.span.from() <= one.span.to();
  }

  private static Settled join(Settled one, Settled other) {
    FillSpan span =
        new FillSpan(
            Math.min(one.span.from(), other.span.from()), Math.max(one.span.to(), other.span.to()));
    return new Settled(span, Math.min(one.until, other.until));
  }

  private void remove(FillSpan span, long now) {
    List<Settled> left = new ArrayList<>();
    for (Settled one : all) {
      if (one.until > now) {
        for (FillSpan part : without(one.span, span)) {
          left.add(new Settled(part, one.until));
        }
      }
    }
    all = left;
  }

  /** The parts of a span that are not settled now, in order of time. */
  List<FillSpan> open(FillSpan span, long now) {
    List<FillSpan> open = List.of(span);
    for (Settled one : all) {
      if (one.until > now) {
        open = open.stream().flatMap(part -> without(part, one.span).stream()).toList();
      }
    }
    return open.stream().filter(part -> !part.isEmpty()).toList();
  }

  private static List<FillSpan> without(FillSpan span, FillSpan hole) {
    if (!span.overlaps(hole)) {
      return List.of(span);
    }
    List<FillSpan> parts = new ArrayList<>();
    if (span.from() < hole.from()) {
      parts.add(new FillSpan(span.from(), hole.from()));
    }
    if (hole.to() < span.to()) {
      parts.add(new FillSpan(hole.to(), span.to()));
    }
    return parts;
  }

  /** The number of spans. */
  int size() {
    return all.size();
  }
}
