package dev.tapeline.server.vendor;

import dev.tapeline.core.Publication;
import dev.tapeline.feed.dhan.order.OrderUpdate;
import dev.tapeline.feed.dhan.order.OrderUpdateListener;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.channels.Channels;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the orders of an account on the channel of its user, in order. What the bus does not
 * take is kept and tried again each second; where that is too much, the user is told that updates
 * are missing. Told by the thread of the feed; answers of the bus come on any.
 */
final class DhanOrders implements OrderUpdateListener {

  private static final Logger log = LoggerFactory.getLogger(DhanOrders.class);
  private static final int MAX_KEPT = 10_000;
  private static final long RETRY = 1_000;

  private final String source;
  private final String channel;
  private final OrderEvents events;
  private final HeldSources sources;

  // guarded by this
  private final Deque<Kept> kept = new ArrayDeque<>();
  private int runs;
  private boolean underWay;
  private boolean failing;
  private long lostSince;
  private long next;

  /**
   * An event that the bus does not have yet.
   *
   * @param time of what it tells, epoch ms
   */
  private record Kept(String event, long time) {}

  /**
   * @param user whose account it is
   */
  DhanOrders(String source, String user, Instruments instruments, HeldSources sources) {
    this.source = source;
    this.channel = Channels.positions(user);
    this.events = new OrderEvents(source, instruments);
    this.sources = sources;
  }

  @Override
  public synchronized void onOrderUpdate(OrderUpdate update, long filled) {
    add(events.updated(update, filled), update.updated());
  }

  /** What a run before this one has kept is outdated: another node may have told more since. */
  @Override
  public synchronized void onListening(long since, long now) {
    if (since == 0) {
      runs++;
      kept.forEach(each -> lose(each.time()));
      kept.clear();
    }
    add(events.listening(since, now), now);
  }

  private void add(String event, long time) {
    if (kept.size() >= MAX_KEPT) {
      lose(kept.removeFirst().time());
    }
    kept.addLast(new Kept(event, time));
  }

  private void lose(long time) {
    lostSince = lostSince == 0 ? time : Math.min(lostSince, time);
  }

  @Override
  public void onTime(long now) {
    List<Kept> batch = batch(now);
    if (!batch.isEmpty()) {
      int run = run();
      sources
          .publish(source, batch.stream().map(this::publication).toList())
          .whenComplete((_, failure) -> answered(batch, run, failure));
    }
  }

  private synchronized int run() {
    return runs;
  }

  private Publication publication(Kept each) {
    return Publication.of(channel, each.event());
  }

  private synchronized List<Kept> batch(long now) {
    if (underWay || kept.isEmpty() || (failing && now < next)) {
      return List.of();
    }
    if (lostSince > 0) {
      kept.addFirst(new Kept(events.listening(lostSince, now), lostSince));
      lostSince = 0;
    }
    List<Kept> batch = List.copyOf(kept);
    kept.clear();
    underWay = true;
    next = now + RETRY;
    return batch;
  }

  private synchronized void answered(List<Kept> batch, int run, @Nullable Throwable failure) {
    underWay = false;
    if (failure == null) {
      failing = false;
      return;
    }
    if (run == runs) {
      batch.reversed().forEach(kept::addFirst);
    } else {
      batch.forEach(each -> lose(each.time()));
    }
    if (!failing) {
      failing = true;
      log.warn("{}: events of orders wait for the bus: {}", source, failure.toString());
    }
  }
}
