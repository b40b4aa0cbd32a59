package dev.tapeline.feed.net;

import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedFigures;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.FeedStatus.State;
import dev.tapeline.feed.JoinedThread;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.feed.vendor.VendorCalls;
import dev.tapeline.market.tick.TickListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feed of a vendor over the network. Its thread, {@code feed-} and its name, hands what arrives
 * to an {@link ArrivalTap} and to the session of the vendor, in one order.
 *
 * <p>The time of arrivals never goes back. It passes with the arrivals, so that a feed that lags
 * behind its vendor tells the time that it has reached, and with the clock when nothing waits.
 */
public final class LiveFeed implements Feed, VendorCalls {

  private static final Duration GOODBYE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = GOODBYE.plusMillis(500);
  private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

  private final String name;
  private final Vendor vendor;
  private final NetSettings settings;
  private final ArrivalTap tap;
  private final InstantSource clock;
  private final Inbox inbox;
  private final AtomicReference<FeedStatus> status;
  private final AtomicReference<@Nullable Watchlist> wanted = new AtomicReference<>();
  private volatile @Nullable Conversation conversation;
  private volatile @Nullable Calls calls;
  private volatile @Nullable Thread thread;
  private volatile boolean closing;

  /**
   * @param tap sees each arrival before the session does
   */
  public LiveFeed(
      String name, Vendor vendor, NetSettings settings, ArrivalTap tap, InstantSource clock) {
    this.name = name;
    this.vendor = vendor;
    this.settings = settings;
    this.tap = tap;
    this.clock = clock;
    this.inbox = new Inbox(settings, clock);
    this.status =
        new AtomicReference<>(new FeedStatus(name, State.DOWN, inbox.now(), "connecting"));
  }

  /**
   * @throws dev.tapeline.feed.FeedException if its certificates can't be read
   */
  @Override
  public void start(FeedListener listener, TickListener ticks) {
    SSLContext trust = Trust.of(settings.authorities());
    Conversation.Network network =
        new Conversation.Network(
            inbox,
            new Sockets(name, inbox, settings, trust),
            new Calls(name, vendor.budgets(), inbox, settings, trust),
            new FaultCounts());
    calls = network.calls();
    thread =
        Thread.ofPlatform()
            .name("feed-" + name)
            .daemon()
            .start(() -> run(network, listener, ticks));
  }

  private void run(Conversation.Network network, FeedListener listener, TickListener ticks) {
    RuntimeException failure = null;
    try {
      listener.onStatus(status.get());
      converse(network, listener, ticks);
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      network.close(GOODBYE);
    }
    if (failure == null || isEnding()) {
      log.debug("{} is closed", name, failure);
      announce(listener, State.CLOSED);
    } else {
      status.set(new FeedStatus(name, State.DOWN, clock.millis()));
      listener.onFailed(failure);
    }
  }

  private void converse(Conversation.Network network, FeedListener listener, TickListener ticks) {
    network.start();
    tap.onConversation(inbox.now());
    Conversation with = new Conversation(vendor, network, tap, listener, ticks, status);
    conversation = with;
    with.run(wanted, this::isEnding);
  }

  private boolean isEnding() {
    return closing || Thread.currentThread().isInterrupted();
  }

  private void announce(FeedListener listener, State state) {
    FeedStatus news = new FeedStatus(name, state, clock.millis());
    status.set(news);
    listener.onStatus(news);
  }

  /** The newest list is given to the session; one that it has not seen is forgotten. */
  @Override
  public void watch(Watchlist watchlist) {
    wanted.set(watchlist);
    inbox.wake();
  }

  @Override
  public FeedStatus status() {
    return status.get();
  }

  @Override
  public FeedFigures figures() {
    Conversation begun = conversation;
    return begun == null ? FeedFigures.NONE : begun.figures();
  }

  @Override
  public boolean isOpen() {
    return calls != null && !closing;
  }

  @Override
  public CompletableFuture<Reply> ask(RestCall call) {
    Calls running = calls;
    return running == null || closing
        ? CompletableFuture.failedFuture(new FeedException(name + " does not run"))
        : running.ask(call);
  }

  @Override
  public void rest(String budget, Duration pause) {
    Calls running = calls;
    if (running != null) {
      running.rest(budget, pause);
    }
  }

  /** Ends the thread, its sockets and its calls, within two seconds also if the vendor is dead. */
  @Override
  public void close() {
    closing = true;
    inbox.wake();
    Thread running = thread;
    if (running == null || running.equals(Thread.currentThread())) {
      return;
    }
    try {
      if (!running.join(PATIENCE)) {
        JoinedThread.end(running); // a listener blocks it
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
