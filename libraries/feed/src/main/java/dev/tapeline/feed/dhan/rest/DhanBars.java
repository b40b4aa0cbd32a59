package dev.tapeline.feed.dhan.rest;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.dhan.packet.Segment;
import dev.tapeline.feed.vendor.PatientCalls;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.VendorBars;
import dev.tapeline.feed.vendor.VendorCalls;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bars of Dhan's charts. Calls ask for whole days of India, as those for a few minutes lose
 * some. An unknown instrument and a holiday both have no bars. How many trades a bar has, Dhan does
 * not tell. Safe for all threads.
 */
public final class DhanBars implements VendorBars {

  private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");

  /** As many whole days as a call may ask for, less one, as a time in the first is in it too. */
  private static final Duration LONGEST = Duration.ofDays(89);

  private static final Duration LONGEST_OF_DAYS = Duration.ofDays(5 * 365);
  private static final Duration AFTER_TOO_MANY = Duration.ofSeconds(10);

  private final DhanCalls calls;
  private final PatientCalls line;

  public DhanBars(DhanAccount account, VendorCalls line) {
    this.calls = new DhanCalls(account);
    this.line = new PatientCalls(line);
  }

  @Override
  public boolean isOpen() {
    return line.isOpen();
  }

  @Override
  public boolean covers(Instrument instrument) {
    return Segment.of(instrument) != null;
  }

  @Override
  public Duration longest(Frame frame) {
    return frame.isIntraday() ? LONGEST : LONGEST_OF_DAYS;
  }

  @Override
  public List<Bar> read(Instrument instrument, Frame frame, long from, long to)
      throws InterruptedException {
    LocalDate first = date(from);
    LocalDate last = date(to - 1);
    RestCall call =
        frame.isIntraday()
            ? calls.intraday(instrument, 1, first, last)
            : calls.daily(instrument, first, last);
    VendorCalls.Reply reply = line.ask(call);
    return switch (AnswerParser.parse(reply.status(), reply.body())) {
      case DhanAnswer.Success(var data) ->
          bars(ChartBar.read(data, from, to), frame, instrument instanceof Instrument.Index);
      case DhanAnswer.NoData _ -> List.of();
      case DhanAnswer.Failure failure -> throw refused(failure);
    };
  }

  private static LocalDate date(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), INDIA);
  }

  private FeedException refused(DhanAnswer.Failure failure) {
    if (failure.kind() == DhanAnswer.Kind.RATE) {
      line.rest(DhanCalls.DATA, AFTER_TOO_MANY);
    }
    return new FeedException("Dhan's charts: " + failure);
  }

  private static List<Bar> bars(List<ChartBar> charts, Frame frame, boolean isIndex) {
    List<Bar> bars = new ArrayList<>();
    for (ChartBar chart : charts) {
      bars.add(
          new Bar(
              frame,
              chart.time(),
              new Ohlc(chart.open(), chart.high(), chart.low(), chart.close()),
              volume(chart, isIndex),
              Bar.UNKNOWN_COUNT,
              Bar.State.CLOSED));
    }
    return bars;
  }

  /** An index has none, for which Dhan says 0. */
  private static @Nullable BigDecimal volume(ChartBar chart, boolean isIndex) {
    return isIndex ? null : chart.volume();
  }
}
