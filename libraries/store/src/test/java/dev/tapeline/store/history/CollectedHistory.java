package dev.tapeline.store.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Collects the rows that are appended; can be away, and can take only rows from a time on. */
final class CollectedHistory implements History {

  private final List<HistoryRow> rows = new CopyOnWriteArrayList<>();
  private final List<Retention> kept = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile long earliest;

  void away(boolean now) {
    away = now;
  }

  void refuseBefore(long time) {
    earliest = time;
  }

  List<HistoryRow> rows() {
    return List.copyOf(rows);
  }

  List<Retention> kept() {
    return List.copyOf(kept);
  }

  @Override
  public void append(List<HistoryRow> batch) {
    checkThere();
    if (batch.stream().anyMatch(row -> row.time() < earliest)) {
      throw HistoryException.refused("too early", new IOException("too early"));
    }
    rows.addAll(batch);
  }

  private void checkThere() {
    if (away) {
      throw HistoryException.away("nobody is there", new IOException("nobody is there"));
    }
  }

  @Override
  public void keep(Retention retention, Instant now) {
    checkThere();
    kept.add(retention);
  }

  @Override
  public List<BarSeries> barSeries(String symbol) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Series> tickSeries(String symbol) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Series> chainSeries(String underlying, LocalDate expiry) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Series> figureSeries(String symbol, Figure figure) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Bar> bars(Series series, Frame frame, Span span) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<HistoryRow.OfTick> ticks(Series series, Span span) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<HistoryRow.OfChain> chains(Series series, LocalDate expiry, Span span) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<HistoryRow.OfFigure> figures(Series series, Figure figure, Span span) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
