package dev.tapeline.feed.simulator;

import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.FeedStatus.State;
import dev.tapeline.feed.JoinedThread;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feed that plays a {@link SimulatedMarket} in real time. Its status is {@code simulated} while
 * the market is open, and {@code closed} between two sessions. If the clock is set back, the market
 * goes on as if nothing had happened, at the new time. Its thread is {@code feed-simulator}.
 */
public final class SimulatorFeed implements Feed {

  private static final String SOURCE = "simulator";
  private static final long PERIOD_NANOS = SimulatedMarket.STEP_MILLIS * 1_000_000;
  private static final long MOST_BEHIND_MILLIS = 5000;
  private static final int STEPS_A_BATCH = 50;
  private static final Logger log = LoggerFactory.getLogger(SimulatorFeed.class);

  private final SimulatedMarket market;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Listings listings;
  private final long mostBehind;
  private long listed = -1;
  private long latest;
  private volatile FeedStatus status;
  private volatile @Nullable Thread thread;

  /** Hears what the market lists, on the feed's thread and before the first ticks of it. */
  @FunctionalInterface
  public interface Listings {

    /**
     * A trading date begins.
     *
     * @param instruments all that are listed, those that were listed before too
     */
    void onListed(LocalDate date, List<Instrument> instruments);
  }

  /** A feed of a market on the real clock. */
  public SimulatorFeed(SimulatedMarket market, InstantSource clock, Listings listings) {
    this(market, clock, 1, listings);
  }

  /**
   * A feed of a market.
   *
   * @param speed of the clock, as a multiple of the real one: a market that the machine is more
   *     than five real seconds too slow for leaves out what it has missed
   */
  public SimulatorFeed(
      SimulatedMarket market, InstantSource clock, double speed, Listings listings) {
    this.mostBehind = Math.round(MOST_BEHIND_MILLIS * Math.max(1, speed));
    this.market = market;
    this.clock = clock;
    this.listings = listings;
    this.latest = clock.millis();
    this.status = new FeedStatus(SOURCE, State.CLOSED, latest);
  }

  /** A feed of the demo's market, which opens now. */
  public static SimulatorFeed of(
      long seed, SessionPlan plan, InstantSource clock, Listings listings) {
    return new SimulatorFeed(new SimulatedMarket(seed, plan, clock.millis()), clock, listings);
  }

  @Override
  public void start(FeedListener listener, TickListener ticks) {
    thread = Thread.ofPlatform().name("feed-simulator").daemon().start(() -> run(listener, ticks));
  }

  private void run(FeedListener listener, TickListener ticks) {
    try {
      play(listener, ticks);
      announce(listener, State.CLOSED);
    } catch (InterruptedException _) {
      log.debug("interrupted: the simulator is being closed");
      announce(listener, State.CLOSED);
    } catch (RuntimeException e) {
      status = new FeedStatus(SOURCE, State.DOWN, clock.millis());
      listener.onFailed(e);
    }
  }

  private void play(FeedListener listener, TickListener ticks) throws InterruptedException {
    long due = System.nanoTime();
    do {
      advance(listener, ticks);
      due = Math.max(due + PERIOD_NANOS, System.nanoTime());
    } while (!closing.await(due - System.nanoTime(), TimeUnit.NANOSECONDS));
  }

  private void advance(FeedListener listener, TickListener out) {
    long now = clock.millis();
    if (now < latest) {
      log.info("the clock was set back by {} ms: the simulator follows it", latest - now);
      market.setClock(now - latest);
    }
    latest = now;
    if (now - market.now() > mostBehind) {
      log.info("{} ms behind: the simulator goes on from now", now - market.now());
      market.skipTo(now - SimulatedMarket.STEP_MILLIS);
    }
    for (int steps = 1; market.isBehind(now); steps++) {
      step(listener, out);
      if (steps % STEPS_A_BATCH == 0) {
        out.onBatchEnd();
      }
    }
    out.onBatchEnd();
  }

  private void step(FeedListener listener, TickListener out) {
    List<Tick> ticks = market.step();
    tellListed();
    tellState(listener, out);
    out.onTime(market.now());
    for (Tick tick : ticks) {
      out.onTick(tick);
      out.onFrameEnd();
    }
  }

  private void tellListed() {
    if (market.isOpen() && market.session() != listed) {
      listed = market.session();
      listings.onListed(market.date(), market.instruments());
    }
  }

  /** Tells that the market has opened or closed, after the ticks before that. */
  private void tellState(FeedListener listener, TickListener out) {
    State state = market.isOpen() ? State.SIMULATED : State.CLOSED;
    if (status.state() != state) {
      out.onBatchEnd();
      announce(listener, state);
    }
  }

  private void announce(FeedListener listener, State state) {
    status = new FeedStatus(SOURCE, state, clock.millis());
    listener.onStatus(status);
  }

  @Override
  public FeedStatus status() {
    return status;
  }

  @Override
  public void close() {
    closing.countDown();
    JoinedThread.end(thread);
  }
}
