package dev.tapeline.server.backfill;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.vendor.VendorBars;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** A vendor that has bars of the times that a test says, and notes what it is asked. */
final class VendorScript implements VendorBars {

  private final TreeSet<Long> times = new TreeSet<>();
  private final List<FillSpan> asked = new CopyOnWriteArrayList<>();
  private final Semaphore answers = new Semaphore(1);
  private volatile boolean failing;

  /** Has bars at these times from now on. */
  synchronized void has(long... more) {
    for (long time : more) {
      times.add(time);
    }
  }

  /** Answers no call until {@link #go}. */
  void halt() {
    answers.drainPermits();
  }

  void go() {
    if (answers.availablePermits() == 0) {
      answers.release();
    }
  }

  void fail(boolean now) {
    failing = now;
  }

  /** What it was asked so far. */
  List<FillSpan> asked() {
    return List.copyOf(asked);
  }

  static Bar bar(Frame frame, long time, int price) {
    BigDecimal exact = BigDecimal.valueOf(price);
    return new Bar(
        frame,
        time,
        new Ohlc(exact, exact, exact, exact),
        null,
        Bar.UNKNOWN_COUNT,
        Bar.State.CLOSED);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean covers(Instrument instrument) {
    return true;
  }

  @Override
  public Duration longest(Frame frame) {
    return frame.isIntraday() ? Duration.ofMinutes(1_000) : Duration.ofDays(1_000);
  }

  @Override
  public List<Bar> read(Instrument instrument, Frame frame, long from, long to)
      throws InterruptedException {
    asked.add(new FillSpan(from, to));
    answers.acquire();
    answers.release();
    if (failing) {
      throw new FeedException("out of order");
    }
    List<Bar> bars = new ArrayList<>();
    synchronized (this) {
      times.subSet(from, to).forEach(time -> bars.add(bar(frame, time, 7)));
    }
    return bars;
  }
}
