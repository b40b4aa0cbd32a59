package dev.tapeline.feed.vendor;

import dev.tapeline.market.tick.Tick;
import java.util.List;
import java.util.TreeMap;

/**
 * Notices that the id of the newest trade was misread, as by a damaged digit.
 *
 * <p>Ids rise with time. A trade that happened after the newest one but has a lower id, one that
 * was left out before the newest, contradicts it. {@value #LIMIT} of them refute it. Trades that
 * are only late, as on the slower one of two connections, did not happen after it. Owned by the
 * thread of its feed.
 */
final class Doubt {

  static final int LIMIT = 3;

  private final TreeMap<Long, Tick.Trade> trades = new TreeMap<>();
  private boolean jumped;
  private long before;
  private long timeBefore;
  private long first;
  private long newest;
  private long newestTime;
  private int ranges;

  /**
   * The next trade, or range of trades, was accepted.
   *
   * @param lastId the id of the one before it; {@link Tick#NO_ID} if there was none
   * @param lastTime when that one happened, epoch ms
   * @param from the id of the first accepted trade
   * @param to the id of the last accepted trade
   * @param time when it happened, epoch ms
   */
  void onNext(long lastId, long lastTime, long from, long to, long time) {
    clear();
    jumped = lastId == Tick.NO_ID || to != lastId + 1;
    before = lastId;
    timeBefore = lastTime;
    first = from;
    newest = to;
    newestTime = time;
  }

  /** What was accepted has been confirmed. */
  void clear() {
    jumped = false;
    trades.clear();
    ranges = 0;
  }

  /** Takes a trade that looks old, and returns whether the newest one is refuted by now. */
  boolean add(Tick.Trade old) {
    if (first == newest && isContradiction(old.id(), old.id(), old.times().exchange())) {
      trades.put(old.id(), old);
    }
    return trades.size() >= LIMIT;
  }

  /** Takes a range of trades, and returns whether the newest one is refuted by now. */
  boolean add(TradeRange range) {
    if (isContradiction(range.first(), range.last(), range.time())) {
      ranges++;
    }
    return ranges >= LIMIT;
  }

  private boolean isContradiction(long from, long to, long time) {
    long beginning = first == newest ? before : first;
    return jumped && from > beginning && to < newest && time > newestTime;
  }

  /** The trades that have refuted the newest one, in the order of their ids; they are forgotten. */
  List<Tick.Trade> take() {
    List<Tick.Trade> taken = List.copyOf(trades.values());
    clear();
    return taken;
  }

  /**
   * The id that the refuted trade has had in truth: the one after that before it, unless another
   * trade has that.
   */
  long trueId() {
    long next = trades.firstKey();
    return before == Tick.NO_ID || next == before + 1 ? next - 1 : before + 1;
  }

  /** The id of the trade before the refuted one. */
  long before() {
    return before;
  }

  /** When the trade before the refuted one happened, epoch ms. */
  long timeBefore() {
    return timeBefore;
  }
}
