package dev.tapeline.feed.binance;

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
 * Puts the trades of one symbol in the order of their ids, each once.
 *
 * <p>Binance numbers a symbol's trades without gaps. When some are missing, as after a lost
 * connection, those that follow are held while the missing ones are fetched as aggregates: each
 * becomes one trade with the id of its last missing one, and the quantity of those of its trades
 * that were missing. What can't be had is counted as lost, and the trades go on. Owned by the
 * thread of its feed.
 */
final class TradeSequence {

  /** The most that is fetched, and held meanwhile. */
  static final int MAX_MISSING = 10_000;

  /** How long trades are held, by the times at which frames were received. */
  static final long MAX_HELD_MILLIS = 5000;

  private static final int MAX_RECENT = 128;

  private record Print(long id, BigDecimal quantity) {}

  private final TreeMap<Long, Tick.Trade> held = new TreeMap<>();

  /** The newest single trades, to know what of an aggregate has been seen. */
  private final Deque<Print> recent = new ArrayDeque<>();

  private long last = Tick.NO_ID;
  private long lastTime;
  private boolean holding;
  private long heldSince;
  private long filled;
  private long lost;

  /** Takes a single trade, and passes on what is due. */
  void onTrade(Tick.Trade trade, boolean canFetch, Consumer<Tick> out) {
    if (last == Tick.NO_ID || (trade.id() == last + 1 && held.isEmpty())) {
      pass(trade, out);
    } else if (trade.id() > last) {
      if (!holding && trade.id() > last + 1 && canFetch && trade.id() - last <= MAX_MISSING) {
        holding = true;
        heldSince = trade.times().received();
      }
      held.put(trade.id(), trade);
      release(holding ? last + 1 : Long.MAX_VALUE, out);
    }
    if (held.size() >= MAX_MISSING) {
      giveUp(out);
    }
  }

  /** Passes on what is held, as far as it joins, or begins at this id or before. */
  private void release(long upTo, Consumer<Tick> out) {
    while (!held.isEmpty() && held.firstKey() <= Math.max(upTo, last + 1)) {
      Tick.Trade next = held.pollFirstEntry().getValue();
      lost += next.id() - last - 1;
      pass(next, out);
    }
    holding = holding && !held.isEmpty();
  }

  private void pass(Tick.Trade trade, Consumer<Tick> out) {
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

  /** Takes an aggregate where single trades aren't subscribed: it is passed on as one trade. */
  void onAggregate(Instrument instrument, Aggregate aggregate, long received, Consumer<Tick> out) {
    giveUp(out);
    if (aggregate.last() > last) {
      fill(instrument, aggregate, received, out);
    }
  }

  /**
   * Takes aggregates that were fetched, the oldest first, and passes on what joins.
   *
   * @return whether trades are still missing
   */
  boolean onFetched(
      Instrument instrument, List<Aggregate> aggregates, long received, Consumer<Tick> out) {
    for (Aggregate aggregate : aggregates) {
      if (aggregate.last() > last && holding) {
        release(aggregate.first() - 1, out);
      }
      if (aggregate.last() > last && holding) {
        fill(instrument, aggregate, received, out);
        release(last + 1, out);
      }
    }
    return holding;
  }

  /**
   * Passes on the part of an aggregate that is new, before the held trades that belong to it. Where
   * there are several parts between those, the first one has the quantity of all.
   */
  private void fill(Instrument instrument, Aggregate aggregate, long received, Consumer<Tick> out) {
    Map<Long, Tick.Trade> its = held.headMap(aggregate.last(), true);
    long to = its.isEmpty() ? aggregate.last() : held.firstKey() - 1;
    BigDecimal rest = aggregate.quantity().subtract(seen(aggregate, its.values()));
    long before = Math.max(last, aggregate.first() - 1);
    lost += holding ? before - last : 0;
    filled += holding ? aggregate.last() - before - its.size() : 0;
    lastTime = aggregate.time();
    if (rest.signum() > 0) {
      out.accept(BinanceTicks.trade(instrument, aggregate, to, rest, received));
    }
    List<Tick.Trade> due = List.copyOf(its.values());
    its.clear();
    due.forEach(trade -> pass(trade, out));
    last = aggregate.last();
  }

  /** The quantity of the single trades of an aggregate that have come, or are held. */
  private BigDecimal seen(Aggregate aggregate, Collection<Tick.Trade> its) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Print print : recent) {
      sum = print.id >= aggregate.first() && print.id <= last ? sum.add(print.quantity) : sum;
    }
    for (Tick.Trade trade : its) {
      sum = trade.quantity() == null ? sum : sum.add(trade.quantity());
    }
    return sum;
  }

  /** Passes on what is held although trades are missing before it. */
  void giveUp(Consumer<Tick> out) {
    release(Long.MAX_VALUE, out);
  }

  /** Whether trades are held for those that are missing. */
  boolean isHolding() {
    return holding;
  }

  /** Whether trades have been held for too long. */
  boolean isHeldTooLong(long now) {
    return holding && now - heldSince > MAX_HELD_MILLIS;
  }

  /** When the newest trade that was passed on happened, epoch ms. */
  long lastTime() {
    return lastTime;
  }

  /** How many trades were missing and fetched. */
  long filled() {
    return filled;
  }

  /** How many trades have never come. */
  long lost() {
    return lost;
  }
}
