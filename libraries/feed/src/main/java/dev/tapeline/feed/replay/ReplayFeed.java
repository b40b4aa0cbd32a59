package dev.tapeline.feed.replay;

import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.FrameDecoder;
import dev.tapeline.feed.JoinedThread;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a recording, once or over and over, at its own pace, N times faster, or as fast as its
 * receivers take it. Its thread is {@code feed-replay}.
 *
 * <p>Listeners are told when the recording starts over: the status is {@code replay} again, and a
 * {@link Tick.SessionStart} comes for each instrument seen. Lines that can't be read are skipped
 * and reported with their number; the log has the first few of the first pass, the listener gets
 * all of them.
 */
public final class ReplayFeed implements Feed {

  static final String SOURCE = "replay";
  private static final Logger log = LoggerFactory.getLogger(ReplayFeed.class);

  private final Playback playback;
  private final ReplayOptions options;
  private final ReplayGate gate;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong faults = new AtomicLong();
  private final AtomicLong passes = new AtomicLong();
  private volatile FeedStatus status;
  private volatile @Nullable Thread thread;

  /**
   * @param clock gives the times of the status only
   */
  public ReplayFeed(
      Playback playback, ReplayOptions options, ReplayGate gate, InstantSource clock) {
    this.playback = playback;
    this.options = options;
    this.gate = gate;
    this.clock = clock;
    this.status = new FeedStatus(SOURCE, FeedStatus.State.CLOSED, clock.millis());
  }

  /**
   * A feed that plays the whole of a recording of lines {@code <receive time, ns> <JSON>}.
   *
   * @param decoders makes the decoder of one pass
   * @param clock gives the times of the status only
   */
  public ReplayFeed(
      Recording recording,
      Supplier<FrameDecoder> decoders,
      ReplayOptions options,
      ReplayGate gate,
      InstantSource clock) {
    this(
        new FramePlayback(recording, LineFormat.NANOS, ReplayRange.ALL, decoders),
        options,
        gate,
        clock);
  }

  /**
   * Checks that there is something to play.
   *
   * @throws FeedException if no line of the recording can be played
   */
  public void check() {
    PlayableCheck.check(playback);
  }

  /**
   * @throws FeedException if no line of the recording can be played
   */
  @Override
  public void start(FeedListener listener, TickListener ticks) {
    check();
    thread = Thread.ofPlatform().name("feed-replay").daemon().start(() -> run(listener, ticks));
  }

  private void run(FeedListener listener, TickListener ticks) {
    try {
      announce(listener, FeedStatus.State.REPLAY);
      if (options.awaitSubscriber()) {
        gate.awaitFirstSubscriber();
      }
      playAll(listener, ticks);
      end(listener);
    } catch (InterruptedException _) {
      log.debug("interrupted: the replay is being closed");
      announce(listener, FeedStatus.State.CLOSED);
    } catch (IOException | RuntimeException e) {
      fail(listener, e);
    }
  }

  private void end(FeedListener listener) {
    announce(listener, FeedStatus.State.CLOSED);
    if (!isClosing()) {
      listener.onEnded();
    }
  }

  private void fail(FeedListener listener, Exception failure) {
    if (isClosing()) {
      announce(listener, FeedStatus.State.CLOSED);
    } else {
      status = new FeedStatus(SOURCE, FeedStatus.State.DOWN, clock.millis());
      listener.onFailed(failure);
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void playAll(FeedListener listener, TickListener ticks)
      throws IOException, InterruptedException {
    PacedSink sink = new PacedSink(listener, ticks, gate, options.pace(), closing, faults);
    log.info("playing {} at speed {}", playback.path(), options.pace());
    playOnce(sink);
    while (options.loop() && sink.goesOn()) {
      log.info("playing {} again, pass {}", playback.path(), passes.get() + 1);
      announce(listener, FeedStatus.State.REPLAY);
      sink.startOver();
      playOnce(sink);
    }
  }

  private void playOnce(PacedSink sink) throws IOException, InterruptedException {
    long before = sink.played();
    playback.play(sink);
    sink.end();
    passes.incrementAndGet();
    long played = sink.played() - before;
    if (played == 0 && sink.goesOn()) {
      throw new FeedException("no line of %s can be played any more".formatted(playback.path()));
    }
    log.info("played {} frames of {}; {} faults so far", played, playback.path(), faults.get());
  }

  private void announce(FeedListener listener, FeedStatus.State state) {
    status = new FeedStatus(SOURCE, state, clock.millis());
    listener.onStatus(status);
  }

  @Override
  public FeedStatus status() {
    return status;
  }

  /** The number of lines that could not be played so far, in all passes. */
  public long faults() {
    return faults.get();
  }

  /** The number of times that the recording was played to its end. */
  public long passes() {
    return passes.get();
  }

  @Override
  public void close() {
    closing.countDown();
    JoinedThread.end(thread);
  }
}
