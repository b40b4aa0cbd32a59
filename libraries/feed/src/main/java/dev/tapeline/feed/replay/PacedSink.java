package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.market.tick.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each frame to the listener when it is due. Owned by the replay's thread. */
final class PacedSink implements RecordingPlayer.Sink {

  private static final Logger log = LoggerFactory.getLogger(PacedSink.class);
  private static final int MAX_LOGGED = 20;

  /**
   * The most frames that are passed on together when they are due at the same time: few compared
   * with a ring.
   */
  private static final int MAX_BATCH = 32;

  /** The step in which the recorded time is reported. */
  private static final long TIME_STEP_MILLIS = 50;

  private final FeedListener listener;
  private final TickListener ticks;
  private final ReplayGate gate;
  private final Pace pace;
  private final CountDownLatch closing;
  private final AtomicLong faults;
  private final Schedule schedule;
  private final Map<String, Instrument> seen = new LinkedHashMap<>();
  private long played;
  private int batch;
  private long timeStep;
  private int logged;

  PacedSink(
      FeedListener listener,
      TickListener ticks,
      ReplayGate gate,
      Pace pace,
      CountDownLatch closing,
      AtomicLong faults) {
    this.listener = listener;
    this.ticks = ticks;
    this.gate = gate;
    this.pace = pace;
    this.closing = closing;
    this.faults = faults;
    this.schedule = new Schedule(pace, System.nanoTime());
  }

  /** The next frame is the first one of another pass. */
  void startOver() {
    logged = MAX_LOGGED;
    schedule.startOver();
    for (Instrument instrument : seen.values()) {
      ticks.onTick(new Tick.SessionStart(instrument, Times.UNKNOWN, null));
      ticks.onFrameEnd();
    }
    ticks.onBatchEnd();
  }

  /** The number of frames played so far. */
  long played() {
    return played;
  }

  @Override
  public void onFrame(long line, long nanos, List<Tick> frame) throws InterruptedException {
    if (batch == MAX_BATCH) {
      endBatch();
    }
    if (!pace.isMax()) {
      awaitDue(line, nanos);
    } else if (batch == 0) {
      gate.awaitRoom();
    }
    if (goesOn()) {
      tellTime(nanos / 1_000_000);
      frame.forEach(this::tell);
      ticks.onFrameEnd();
      batch++;
      played++;
    }
  }

  private void tell(Tick tick) {
    seen.putIfAbsent(tick.instrument().symbol(), tick.instrument());
    ticks.onTick(tick);
  }

  private void tellTime(long millis) {
    long step = Math.floorDiv(millis, TIME_STEP_MILLIS);
    if (step != timeStep) {
      timeStep = step;
      ticks.onTime(step * TIME_STEP_MILLIS);
    }
  }

  /** Passes on what is due by now. */
  void endBatch() {
    if (batch > 0) {
      batch = 0;
      ticks.onBatchEnd();
    }
  }

  private void awaitDue(long line, long nanos) throws InterruptedException {
    if (schedule.isJump(nanos)) {
      note(line, "the time jumps by over an hour; played at once");
    }
    long wait = schedule.due(nanos) - System.nanoTime();
    if (wait > 0) {
      endBatch();
      boolean _ = closing.await(wait, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void onBadLine(long line, String reason) {
    faults.incrementAndGet();
    listener.onFault(note(line, "left out: " + reason));
  }

  private FeedFault note(long line, String reason) {
    FeedFault fault = new FeedFault(ReplayFeed.SOURCE, line, reason);
    if (logged < MAX_LOGGED) {
      logged++;
      log.warn("{}{}", fault, logged == MAX_LOGGED ? "; further ones are only counted" : "");
    }
    return fault;
  }

  @Override
  public boolean goesOn() {
    return closing.getCount() > 0;
  }
}
