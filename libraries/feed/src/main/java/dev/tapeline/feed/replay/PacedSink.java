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

  /** How long time may stand still while the next frame is awaited. */
  private static final long LONGEST_WAIT = RecordedTime.STEP_MILLIS * 1_000_000;

  private final FeedListener listener;
  private final TickListener ticks;
  private final ReplayGate gate;
  private final Pace pace;
  private final CountDownLatch closing;
  private final AtomicLong faults;
  private final Schedule schedule;
  private final RecordedTime time;
  private final Map<String, Instrument> seen = new LinkedHashMap<>();
  private long played;
  private int batch;
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
    this.time = new RecordedTime(ticks);
  }

  /** The next frame is the first one of another pass. */
  void startOver() {
    logged = MAX_LOGGED;
    schedule.startOver();
    time.startOver();
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
    if (schedule.isJump(nanos)) {
      time.startOver();
      note(line, "the time jumps by over an hour; played at once");
    }
    awaitDue(nanos);
    if (goesOn()) {
      time.reach(nanos);
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

  /** Passes on what is due by now. */
  private void endBatch() {
    if (batch > 0) {
      batch = 0;
      ticks.onBatchEnd();
    }
  }

  private void awaitDue(long nanos) throws InterruptedException {
    long due = schedule.due(nanos);
    if (!pace.isMax()) {
      awaitTime(due, nanos);
    } else if (batch == 0) {
      gate.awaitRoom();
    }
  }

  /** Waits for the time of a frame, and tells the recorded time meanwhile. */
  private void awaitTime(long due, long nanos) throws InterruptedException {
    long now = System.nanoTime();
    while (now < due && goesOn()) {
      endBatch();
      boolean _ = closing.await(Math.min(due - now, LONGEST_WAIT), TimeUnit.NANOSECONDS);
      now = System.nanoTime();
      time.pass(Math.min(nanos, schedule.reached(now)));
      ticks.onBatchEnd();
    }
  }

  /** A pass has ended: passes on what is due, and the end of its time. */
  void end() {
    time.end();
    batch = 0;
    ticks.onBatchEnd();
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
