package dev.tapeline.feed;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Collects the events of a feed, in order; safe to read from any thread. */
public final class FeedRecorder implements FeedListener, TickListener {

  private final List<Tick> ticks = new ArrayList<>();
  private final List<FeedStatus.State> states = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private int batches;
  private final List<FeedFault> faults = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();

  @Override
  public synchronized void onTick(Tick tick) {
    ticks.add(tick);
    story.add("%s %d".formatted(tick.getClass().getSimpleName(), tick.times().exchange()));
    notifyAll();
  }

  @Override
  public synchronized void onTime(long millis) {
    story.add("time " + millis);
  }

  @Override
  public synchronized void onStartOver() {
    story.add("start over");
  }

  /** The kinds of the ticks with their times, and the times told between them, in order. */
  public synchronized List<String> story() {
    return List.copyOf(story);
  }

  @Override
  public void onFrameEnd() {}

  @Override
  public synchronized void onBatchEnd() {
    batches++;
  }

  /** The number of batches that have ended. */
  public synchronized int batches() {
    return batches;
  }

  @Override
  public synchronized void onStatus(FeedStatus status) {
    states.add(status.state());
    notifyAll();
  }

  @Override
  public synchronized void onFault(FeedFault fault) {
    faults.add(fault);
    notifyAll();
  }

  @Override
  public synchronized void onEnded() {
    ends.add("ended");
    notifyAll();
  }

  @Override
  public synchronized void onFailed(Exception failure) {
    ends.add("failed: " + failure.getMessage());
    notifyAll();
  }

  /** How the feed has ended by itself; empty while it has not. */
  public synchronized List<String> ends() {
    return List.copyOf(ends);
  }

  public synchronized List<Tick> ticks() {
    return List.copyOf(ticks);
  }

  public synchronized List<FeedStatus.State> states() {
    return List.copyOf(states);
  }

  public synchronized List<FeedFault> faults() {
    return List.copyOf(faults);
  }

  /** The ids of the trades, in order. */
  public synchronized List<Long> tradeIds() {
    return ticks.stream()
        .filter(Tick.Trade.class::isInstance)
        .map(tick -> ((Tick.Trade) tick).id())
        .toList();
  }

  /** The same as a listener of ticks that throws an exception at the end of the first batch. */
  public TickListener failing() {
    return new TickListener() {
      @Override
      public void onTick(Tick tick) {
        FeedRecorder.this.onTick(tick);
      }

      @Override
      public void onTime(long millis) {}

      @Override
      public void onFrameEnd() {}

      @Override
      public void onBatchEnd() {
        throw new IllegalStateException("a study broke");
      }
    };
  }

  public void awaitEnd() {
    await(
        recorder -> recorder.states.contains(FeedStatus.State.CLOSED) || !recorder.ends.isEmpty());
  }

  /** Waits until the condition holds, at most 30 s. */
  public synchronized void await(Predicate<FeedRecorder> condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.test(this)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "not within 30 s; states %s, %d ticks, faults %s"
                .formatted(states, ticks.size(), faults));
      }
      try {
        wait(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
