package dev.tapeline.store.history;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A store of the market's history. Methods block for as long as the store takes, up to a limit of
 * its own, and throw a {@link HistoryException} where it can't be reached. Safe for all threads.
 *
 * <p>Decimals come out as they went in, trailing zeros included.
 */
public interface History extends BarHistory, AutoCloseable {

  /**
   * Stores rows, all or none of a kind. When it returns, they outlive the death of this process. A
   * row that is there already is the same row: see {@link HistoryRow} for which one wins.
   */
  void append(List<HistoryRow> rows);

  /** The series of an instrument that have ticks, in no order. */
  List<Series> tickSeries(String symbol);

  /** The series that have snapshots of this chain, in no order. */
  List<Series> chainSeries(String underlying, LocalDate expiry);

  /** The series of an instrument that have values of a figure, in no order. */
  List<Series> figureSeries(String symbol, Figure figure);

  /** Ticks, in the order of the span; those of one time by id and ordinal. */
  List<HistoryRow.OfTick> ticks(Series series, Span span);

  /** Snapshots of a chain, in the order of the span. */
  List<HistoryRow.OfChain> chains(Series series, LocalDate expiry, Span span);

  /** Values of a figure, in the order of the span. */
  List<HistoryRow.OfFigure> figures(Series series, Figure figure, Span span);

  /** Prepares for the days to come, and drops the days that are too old. */
  void keep(Retention retention, Instant now);

  @Override
  void close();
}
