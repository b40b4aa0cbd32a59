package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the market's batches over to the server's loop. At most {@value #MAX_WAITING} batches wait
 * there; then the market's thread waits too. Called on the market's thread, but for {@link #halt}
 * and {@link #resume}.
 */
public final class TickHandover implements TickListener {

  static final int MAX_WAITING = 64;
  private static final Logger log = LoggerFactory.getLogger(TickHandover.class);

  private final Predicate<Instrument> relevant;
  private final Executor loop;
  private final Consumer<List<Tick>> receiver;
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private List<Tick> batch = new ArrayList<>();
  private final Deque<List<Tick>> held = new ArrayDeque<>();
  private boolean halted;

  /**
   * @param relevant the instruments whose ticks are handed over
   */
  public TickHandover(
      Predicate<Instrument> relevant, Executor loop, Consumer<List<Tick>> receiver) {
    this.relevant = relevant;
    this.loop = loop;
    this.receiver = receiver;
  }

  @Override
  public void onTick(Tick tick) {
    if (relevant.test(tick.instrument())) {
      batch.add(tick);
    }
  }

  @Override
  public void onTime(long millis) {}

  @Override
  public void onFrameEnd() {}

  @Override
  public void onBatchEnd() {
    if (batch.isEmpty()) {
      return;
    }
    List<Tick> full = batch;
    batch = new ArrayList<>();
    places.acquireUninterruptibly();
    try {
      loop.execute(() -> receive(full));
    } catch (RejectedExecutionException e) {
      places.release();
      log.debug("the server has ended before the market", e);
    }
  }

  private void receive(List<Tick> full) {
    if (halted) {
      held.addLast(full);
    } else {
      pass(full);
    }
  }

  private void pass(List<Tick> full) {
    places.release();
    receiver.accept(full);
  }

  /** Keeps back what comes from now on. On the loop. */
  public void halt() {
    halted = true;
  }

  /** Passes on what was kept back, and what comes from now on. On the loop. */
  public void resume() {
    halted = false;
    while (!held.isEmpty()) {
      pass(held.removeFirst());
    }
  }
}
