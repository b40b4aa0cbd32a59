package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each frame to the listener when it is due. Time is told in steps between frames that are
 * recorded alone; a recording of arrivals has its own. Owned by the replay's thread.
 */
final class PacedSink implements PlaybackSink {

  private static final Logger log = LoggerFactory.getLogger(PacedSink.class);
  private static final int MAX_LOGGED = 20;
  private static final long NANOS = 1_000_000;

  private final FeedListener listener;
  private final ToldTicks ticks;
  private final Pacer pacer;
  private final AtomicLong faults;
  private final RecordedTime time;
  private long played;
  private int logged;

  PacedSink(
      FeedListener listener,
      TickListener ticks,
      ReplayGate gate,
      Pace pace,
      CountDownLatch closing,
      AtomicLong faults) {
    this.listener = listener;
    this.ticks = new ToldTicks(ticks);
    this.pacer = new Pacer(ticks, gate, pace, closing);
    this.faults = faults;
    this.time = new RecordedTime(ticks);
  }

  /** The next frame is the first one of another pass. */
  void startOver() {
    logged = MAX_LOGGED;
    pacer.startOver();
    time.startOver();
    ticks.startSessions();
  }

  /** The number of frames and arrivals played so far. */
  long played() {
    return played;
  }

  @Override
  public void onFrame(long line, long nanos, List<Tick> frame) throws InterruptedException {
    if (noteJump(line, nanos)) {
      time.startOver();
    }
    pacer.awaitDue(nanos, this::pass);
    if (goesOn()) {
      time.reach(nanos);
      frame.forEach(ticks::onTick);
      ticks.onFrameEnd();
      pacer.passed(1);
      played++;
    }
  }

  private void pass(long reached) {
    time.pass(reached);
    ticks.onBatchEnd();
  }

  @Override
  public void onArrival(Arrival arrival, VendorSession session) throws InterruptedException {
    long nanos = arrival.received() * NANOS;
    noteJump(0, nanos);
    pacer.awaitDue(nanos, _ -> {});
    if (goesOn()) {
      long before = ticks.frames();
      session.onArrival(arrival, ticks);
      pacer.passed(ticks.frames() - before);
      if (arrival instanceof Arrival.Time(long received)) {
        ticks.onTime(received);
        pacer.endBatch();
      }
      played++;
    }
  }

  @Override
  public void onConversation() {
    ticks.onStartOver();
  }

  @Override
  public void onFeed(boolean isUp) {
    ticks.onFeed(isUp);
  }

  private boolean noteJump(long line, long nanos) {
    boolean jumps = pacer.isJump(nanos);
    if (jumps) {
      note(line, "the time jumps by over an hour; played at once");
    }
    return jumps;
  }

  /** A pass has ended: passes on what is due, and the end of its time. */
  void end() {
    time.end();
    pacer.endBatch();
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
    return pacer.goesOn();
  }
}
