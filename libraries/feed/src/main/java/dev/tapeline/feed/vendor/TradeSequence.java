package dev.tapeline.feed.vendor;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts the trades of one instrument in the order of their ids, each once.
 *
 * <p>The exchange numbers an instrument's trades without gaps. When some are missing, as after a
 * lost connection, those that follow are held while the missing ones are fetched. What is fetched
 * may stand for several trades: it becomes one trade with the id of its last missing one, and the
 * quantity of those of its trades that were missing. What can't be had is counted as lost, and the
 * trades go on.
 *
 * <p>An id that was damaged on its way can be far too high. Then all later trades look old, which
 * {@link Doubt} notices: the sequence goes back to where it was. Owned by the thread of its feed.
 */
public final class TradeSequence {

  /** The most that is fetched, and held meanwhile. */
  public static final int MAX_MISSING = 10_000;

  /** How long trades are held, by the times at which frames were received. */
  public static final long MAX_HELD_MILLIS = 5000;

  private static final int MAX_RECENT = 128;

  private record Print(long id, BigDecimal quantity) {}

  private final TreeMap<Long, Tick.Trade> held = new TreeMap<>();

  /** The newest single trades, to know what of a range has been seen. */
  private final Deque<Print> recent = new ArrayDeque<>();

  private final Doubt doubt = new Doubt();
  private long last = Tick.NO_ID;
  private long lastTime;
  private boolean holding;
  private long heldSince;
  private long filled;
  private long lost;
  private long misread;

  /** Takes a single trade, and passes on what is due. */
  public void onTrade(Tick.Trade trade, boolean canFetch, Consumer<? super Tick> out) {
    if (last == Tick.NO_ID || (trade.id() == last + 1 && held.isEmpty())) {
      pass(trade, out);
    } else if (trade.id() > last) {
      hold(trade, canFetch, out);
    } else if (doubt.add(trade)) {
      goBack();
      doubt.take().forEach(doubted -> hold(doubted, canFetch, out));
    }
    if (held.size() >= MAX_MISSING) {
      giveUp(out);
    }
  }

  private void hold(Tick.Trade trade, boolean canFetch, Consumer<? super Tick> out) {
    if (!holding && trade.id() > last + 1 && canFetch && trade.id() - last <= MAX_MISSING) {
      holding = true;
      heldSince = trade.times().received();
    }
    held.put(trade.id(), trade);
    release(holding ? last + 1 : Long.MAX_VALUE, out);
  }

  /** The newest trade was misread: it was the one after that before it, which it counts as now. */
  private void goBack() {
    misread++;
    lost -= doubt.before() == Tick.NO_ID ? 0 : last - doubt.before() - 1;
    last = doubt.trueId();
    lastTime = doubt.timeBefore();
    Print wrong = recent.pollLast();
    if (wrong != null) {
      recent.addLast(new Print(last, wrong.quantity));
    }
  }

  /** Passes on what is held, as far as it joins, or begins at this id or before. */
  private void release(long upTo, Consumer<? super Tick> out) {
    while (!held.isEmpty() && held.firstKey() <= Math.max(upTo, last + 1)) {
      Tick.Trade next = held.pollFirstEntry().getValue();
      lost += next.id() - last - 1;
      pass(next, out);
    }
    holding = holding && !held.isEmpty();
  }

  private void pass(Tick.Trade trade, Consumer<? super Tick> out) {
    doubt.onNext(last, lastTime, trade.id(), trade.id(), trade.times().exchange());
    last = trade.id();
    lastTime = trade.times().exchange();
    if (trade.quantity() != null) {
      if (recent.size() == MAX_RECENT) {
        recent.removeFirst();
      }
      recent.addLast(new Print(trade.id(), trade.quantity()));
    }
    out.accept(trade);
  }

  /** Takes a range where single trades aren't subscribed: it is passed on as one trade. */
  public void onRange(
      Instrument instrument, TradeRange range, long received, Consumer<? super Tick> out) {
    giveUp(out);
    if (range.last() <= last && doubt.add(range)) {
      misread++;
      last = doubt.before();
    }
    if (range.last() > last) {
      doubt.onNext(last, lastTime, range.first(), range.last(), range.time());
      fill(instrument, range, received, out);
    }
  }

  /**
   * Takes trades that were fetched, the oldest first. While trades are held, passes on what joins
   * them.
   *
   * @return whether trades are still missing
   */
  public boolean onFetched(
      Instrument instrument, List<TradeRange> ranges, long received, Consumer<? super Tick> out) {
    for (TradeRange range : ranges) {
      if (range.last() > last && holding) {
        release(range.first() - 1, out);
      }
      if (range.last() > last && holding) {
        count(range);
        fill(instrument, range, received, out);
        release(last + 1, out);
      }
    }
    return holding;
  }

  /**
   * Takes trades that were fetched without a gap having been seen, the oldest first, and passes on
   * those after the newest one. Nothing is passed on before a first trade has come by itself.
   */
  public void onNewer(
      Instrument instrument, List<TradeRange> ranges, long received, Consumer<? super Tick> out) {
    for (TradeRange range : ranges) {
      if (last != Tick.NO_ID && !holding && range.last() > last) {
        count(range);
        fill(instrument, range, received, out);
      }
    }
  }

  private void count(TradeRange range) {
    long before = Math.max(last, range.first() - 1);
    doubt.clear();
    lost += before - last;
    filled += range.last() - before - held.headMap(range.last(), true).size();
  }

  /**
   * Passes on the part of a range that is new, before the held trades that belong to it. Where
   * there are several parts between those, the first one has the quantity of all.
   */
  private void fill(
      Instrument instrument, TradeRange range, long received, Consumer<? super Tick> out) {
    Map<Long, Tick.Trade> its = held.headMap(range.last(), true);
    long to = its.isEmpty() ? range.last() : held.firstKey() - 1;
    BigDecimal rest = range.quantity().subtract(seen(range, its.values()));
    lastTime = range.time();
    if (rest.signum() > 0) {
      out.accept(range.trade(instrument, to, rest, received));
    }
    List<Tick.Trade> due = List.copyOf(its.values());
    its.clear();
    due.forEach(trade -> pass(trade, out));
    last = range.last();
  }

  /** The quantity of the single trades of a range that have come, or are held. */
  private BigDecimal seen(TradeRange range, Collection<Tick.Trade> its) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Print print : recent) {
      sum = print.id >= range.first() && print.id <= last ? sum.add(print.quantity) : sum;
    }
    for (Tick.Trade trade : its) {
      sum = trade.quantity() == null ? sum : sum.add(trade.quantity());
    }
    return sum;
  }

  /** Passes on what is held although trades are missing before it. */
  public void giveUp(Consumer<? super Tick> out) {
    release(Long.MAX_VALUE, out);
  }

  /** Whether trades are held for those that are missing. */
  public boolean isHolding() {
    return holding;
  }

  /** Whether trades have been held for too long. */
  public boolean isHeldTooLong(long now) {
    return holding && now - heldSince > MAX_HELD_MILLIS;
  }

  /** The id of the newest trade that was passed on; {@link Tick#NO_ID} if none was. */
  public long last() {
    return last;
  }

  /** When the newest trade that was passed on happened, epoch ms. */
  public long lastTime() {
    return lastTime;
  }

  /** How many trades were missing and fetched. */
  public long filled() {
    return filled;
  }

  /** How many trades have never come. */
  public long lost() {
    return lost;
  }

  /** How many ids were taken for wrong, as lower ones went on without them. */
  public long misread() {
    return misread;
  }
}
