package dev.tapeline.feed.net;

import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedFigures;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.FeedStatus.State;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.tick.TickListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Hands arrivals to a session, and does what it asks for. Owned by the thread of its feed. */
final class Conversation implements VendorLink {

  private static final int BATCH = 1024;
  private static final long PERIOD_MILLIS = 100;

  private final Inbox inbox;
  private final Sockets sockets;
  private final Calls calls;
  private final FaultCounts faults;
  private final ArrivalTap tap;
  private final FeedListener listener;
  private final TickListener out;
  private final AtomicReference<FeedStatus> status;
  private final VendorSession session;
  private final List<Inbox.Entry> batch = new ArrayList<>();
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong stale = new AtomicLong();
  private final Lag lag = new Lag();
  private State state;
  private @Nullable String reason;
  private long time;
  private long told;

  /** The parts of the network. */
  record Network(Inbox inbox, Sockets sockets, Calls calls, FaultCounts faults) {

    void start() {
      sockets.start();
      calls.start();
    }

    /** Closes all sockets and gives up all calls; takes a while at most. */
    void close(Duration patience) {
      inbox.close();
      calls.close();
      sockets.closeAll(patience);
    }
  }

  Conversation(
      Vendor vendor,
      Network network,
      ArrivalTap tap,
      FeedListener listener,
      TickListener out,
      AtomicReference<FeedStatus> status) {
    this.inbox = network.inbox;
    this.sockets = network.sockets;
    this.calls = network.calls;
    this.faults = network.faults;
    this.tap = tap;
    this.listener = listener;
    this.out = out;
    this.status = status;
    this.state = status.get().state();
    this.reason = status.get().reason();
    this.time = inbox.now();
    this.told = time - PERIOD_MILLIS;
    this.session = vendor.converse(this);
  }

  /** Goes on until it is to end. */
  void run(AtomicReference<@Nullable Watchlist> wanted, BooleanSupplier isEnding) {
    passTime(time);
    while (!isEnding.getAsBoolean()) {
      long reached = inbox.drain(batch, BATCH, told + PERIOD_MILLIS - time);
      if (lag.take(waited())) {
        tellStatus();
      }
      boolean any = giveWatchlist(wanted.getAndSet(null));
      for (int i = 0; i < batch.size() && !isEnding.getAsBoolean(); i++) {
        any |= give(batch.get(i));
      }
      batch.clear();
      any |= passTime(reached);
      if (any) {
        out.onBatchEnd();
      }
    }
  }

  /** How long the first arrival at hand has waited, ms. */
  private long waited() {
    return batch.isEmpty() ? 0 : inbox.now() - batch.getFirst().arrival().received();
  }

  private boolean giveWatchlist(@Nullable Watchlist watchlist) {
    if (watchlist == null) {
      return false;
    }
    give(new Arrival.Watch(watchlist, time));
    return true;
  }

  private boolean give(Inbox.Entry entry) {
    passTime(entry.arrival().received());
    Connection connection = entry.connection();
    if (connection != null && !sockets.isCurrent(connection)) {
      stale.incrementAndGet();
      return false;
    }
    if (connection != null && entry.arrival() instanceof Arrival.Ended) {
      sockets.onEnded(connection);
    }
    count(entry.arrival());
    give(entry.arrival());
    return true;
  }

  private void count(Arrival arrival) {
    switch (arrival) {
      case Arrival.Frame frame -> {
        frames.lazySet(frames.get() + 1); // only this thread writes them
        bytes.lazySet(bytes.get() + frame.payload().length);
      }
      case Arrival.Opened _ -> opened.lazySet(opened.get() + 1);
      case Arrival.Ended _ -> ended.lazySet(ended.get() + 1);
      default -> {}
    }
  }

  private void give(Arrival arrival) {
    tap.onArrival(arrival);
    session.onArrival(arrival, out);
  }

  /** Time has passed; tells it if that is long enough ago. */
  private boolean passTime(long now) {
    time = now;
    if (now - told < PERIOD_MILLIS) {
      return false;
    }
    told = now;
    give(new Arrival.Time(now));
    out.onTime(now);
    return true;
  }

  @Override
  public void open(String socket, Address.Source address, Duration delay) {
    sockets.open(socket, address, delay);
  }

  @Override
  public void send(String socket, String text) {
    sockets.send(socket, text);
  }

  @Override
  public void close(String socket) {
    sockets.close(socket);
  }

  @Override
  public void call(RestCall call) {
    calls.call(call);
  }

  @Override
  public void rest(String budget, Duration pause) {
    calls.rest(budget, pause);
  }

  @Override
  public void tell(State news, @Nullable String why) {
    state = news;
    reason = why;
    out.onFeed(news != State.DOWN);
    tellStatus();
  }

  private void tellStatus() {
    FeedStatus before = status.get();
    String full = state == State.LIVE ? lag.before(reason) : reason;
    if (before.state() == state && Objects.equals(before.reason(), full)) {
      return;
    }
    long since = before.state() == state ? before.since() : time;
    announce(new FeedStatus(before.source(), state, since, full));
  }

  private void announce(FeedStatus news) {
    status.set(news);
    listener.onStatus(news);
  }

  @Override
  public void fault(String kind, String reason) {
    listener.onFault(faults.count(new FeedFault(status.get().source(), kind, 0, reason), time));
  }

  FeedFigures figures() {
    return new FeedFigures(
        opened.get(),
        ended.get(),
        frames.get(),
        bytes.get(),
        stale.get(),
        inbox.waits(),
        inbox.most(),
        lag.millis(),
        calls.waiting(),
        faults.totals());
  }
}
