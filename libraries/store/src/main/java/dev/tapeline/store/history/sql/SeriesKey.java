package dev.tapeline.store.history.sql;

import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Series;

/**
 * What the rows of one number belong to.
 *
 * @param kind of its rows
 * @param part the frame of bars, the expiry of chains, the name of a figure; empty for ticks
 */
record SeriesKey(Series series, String kind, String part) {

  static final String BAR = "bar";
  static final String TICK = "tick";
  static final String CHAIN = "chain";
  static final String FIGURE = "figure";

  static SeriesKey of(HistoryRow row) {
    return switch (row) {
      case HistoryRow.OfBar(Series series, var bar) ->
          new SeriesKey(series, BAR, bar.frame().toString());
      case HistoryRow.OfTick tick -> new SeriesKey(tick.series(), TICK, "");
      case HistoryRow.OfChain chain ->
          new SeriesKey(chain.series(), CHAIN, chain.expiry().toString());
      case HistoryRow.OfFigure figure ->
          new SeriesKey(figure.series(), FIGURE, figure.figure().word());
    };
  }
}
