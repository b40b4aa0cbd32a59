package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.store.history.BarHistory;
import dev.tapeline.store.history.BarSeries;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.Span;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stored bars of an instrument and a frame. Where that frame is not stored, it is made of
 * the longest shorter one that is.
 */
public final class CandleReader {

  /** The most stored bars that one page is made of. */
  private static final int MAX_PARTS = 100_000;

  /** No week or month, from its first to its last open, is longer. */
  private static final long LONGEST_MILLIS = 31L * 86_400_000;

  private static final long DAY_MILLIS = 86_400_000;

  /** From the end of a bar until it is stored, at most. */
  private static final long DELAY_MILLIS = 5_000;

  private final BarHistory history;
  private final FrameFolding folding;
  private final InstantSource clock;

  /** A reader of this history, for one call. */
  public CandleReader(BarHistory history, FrameFolding folding, InstantSource clock) {
    this.history = history;
    this.folding = folding;
    this.clock = clock;
  }

  /**
   * The bars of a range: the first ones of it, or the last ones.
   *
   * @param instrument null if no source has it now: frames that are not stored can't be made then
   * @throws dev.tapeline.store.history.HistoryException if the history can't be read
   */
  public HistoryPage<Bar> read(
      Series series, @Nullable Instrument instrument, Frame frame, TimeRange range, int limit) {
    Optional<Frame> stored = stored(series, frame);
    if (stored.isEmpty()) {
      return HistoryPage.empty();
    }
    if (stored.get().equals(frame)) {
      return HistoryPage.of(history.bars(series, frame, range.span(limit + 1)), range, limit);
    }
    if (instrument == null) {
      return HistoryPage.empty();
    }
    return folded(series, instrument, stored.get(), new Wanted(frame, range, limit));
  }

  private record Wanted(Frame frame, TimeRange range, int limit) {}

  /** The frame that bars of a frame are read from: itself, or the longest part of it. */
  private Optional<Frame> stored(Series series, Frame frame) {
    List<Frame> frames =
        history.barSeries(series.symbol()).stream()
            .filter(one -> one.series().equals(series))
            .map(BarSeries::frame)
            .toList();
    return frames.contains(frame)
        ? Optional.of(frame)
        : frames.stream()
            .filter(one -> divides(one, frame))
            .max(Comparator.comparingLong(CandleReader::length));
  }

  private static boolean divides(Frame part, Frame whole) {
    if (part.isIntraday()) {
      return !whole.isIntraday() || whole.millis() % part.millis() == 0;
    }
    return part.equals(Frame.DAY) && !whole.isIntraday() && !whole.equals(Frame.DAY);
  }

  /** About how long a frame is, and never less than that. */
  private static long length(Frame frame) {
    return switch (frame.unit()) {
      case SECOND, MINUTE, HOUR -> frame.millis();
      case DAY -> DAY_MILLIS;
      case WEEK -> 7 * DAY_MILLIS;
      case MONTH -> LONGEST_MILLIS;
    };
  }

  /** When the instrument of a series trades: what a simulator invents has no hours. */
  static TradedInstrument traded(Series series, Instrument instrument) {
    return new TradedInstrument(instrument, series.origin() != Origin.SIMULATED);
  }

  /** A live market has told all of what was a moment ago; the time of others is not known here. */
  private long knownUntil(Series series) {
    return series.origin() == Origin.LIVE ? clock.millis() - DELAY_MILLIS : 0;
  }

  private HistoryPage<Bar> folded(Series series, Instrument instrument, Frame part, Wanted wanted) {
    long length = length(wanted.frame());
    long parts = (wanted.limit() + 2L) * Math.max(1, length / length(part));
    int most = (int) Math.min(MAX_PARTS, parts);
    TimeRange range = wanted.range();
    Span span = new Span(range.from(), range.to() + length, most, !range.isFromStart());
    List<Bar> read = history.bars(series, part, span);
    boolean isCut = read.size() == most;
    List<Bar> inOrder = range.isFromStart() ? read : read.reversed();
    List<Bar> whole =
        folding
            .fold(traded(series, instrument), wanted.frame(), inOrder, knownUntil(series))
            .stream()
            .filter(bar -> bar.time() >= range.from() && bar.time() < range.to())
            .toList();
    if (isCut && !whole.isEmpty()) { // the one at the cut may lack some of its parts
      whole =
          range.isFromStart() ? whole.subList(0, whole.size() - 1) : whole.subList(1, whole.size());
    }
    List<Bar> asRead = range.isFromStart() ? whole : whole.reversed();
    HistoryPage<Bar> page = HistoryPage.of(asRead, range, wanted.limit());
    return isCut ? new HistoryPage<>(page.rows(), !range.isFromStart(), range.isFromStart()) : page;
  }
}
