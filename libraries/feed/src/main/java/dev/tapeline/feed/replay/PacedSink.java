package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.util.LinkedHashMap;
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

  private final FeedListener listener;
  private final ReplayGate gate;
  private final Pace pace;
  private final CountDownLatch closing;
  private final AtomicLong faults;
  private final Schedule schedule;
  private final Map<String, Instrument> seen = new LinkedHashMap<>();
  private long played;
  private int logged;

  PacedSink(
      FeedListener listener,
      ReplayGate gate,
      Pace pace,
      CountDownLatch closing,
      AtomicLong faults) {
    this.listener = listener;
    this.gate = gate;
    this.pace = pace;
    this.closing = closing;
    this.faults = faults;
    this.schedule = new Schedule(pace, System.nanoTime());
  }

  /** The next frame begins the recording anew. */
  void startOver() {
    logged = MAX_LOGGED;
    schedule.startOver();
    seen.values()
        .forEach(
            instrument -> listener.onTick(new Tick.SessionStart(instrument, Times.UNKNOWN, null)));
  }

  /** How many frames were played in all. */
  long played() {
    return played;
  }

  @Override
  public void onFrame(long line, long nanos, Tick tick) throws InterruptedException {
    if (pace.isMax()) {
      gate.awaitRoom();
    } else {
      awaitDue(line, nanos);
    }
    if (goesOn()) {
      seen.putIfAbsent(tick.instrument().symbol(), tick.instrument());
      listener.onTick(tick);
      played++;
    }
  }

  private void awaitDue(long line, long nanos) throws InterruptedException {
    if (schedule.isJump(nanos)) {
      note(line, "the time jumps by over an hour; played at once");
    }
    long wait = schedule.due(nanos) - System.nanoTime();
    if (wait > 0) {
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
