package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.TradeRange;
import dev.tapeline.market.tick.Tick;

/** What a frame of a stream says of one symbol. */
sealed interface StreamEvent {

  /** A single trade. */
  record Traded(Tick.Trade trade) implements StreamEvent {}

  /** The trades of a taker at one price. */
  record Aggregated(TradeRange trades) implements StreamEvent {}

  /** The best prices have changed. */
  record Quoted(Tick.Quote quote) implements StreamEvent {}

  /** The book has changed. */
  record Changed(Tick.Depth change) implements StreamEvent {}

  /** The figures of the last 24 hours. */
  record Summed(Tick.DayStats stats, Tick.LastPrice price) implements StreamEvent {}

  /** Something that was not asked for. */
  record Other() implements StreamEvent {}

  Other OTHER = new Other();
}
