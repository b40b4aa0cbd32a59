package dev.tapeline.feed.deribit;

import dev.tapeline.feed.vendor.Emission;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.tick.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes the data of channels, and passes on what is due. Owned by the thread of its feed. */
final class ChannelData {

  private final WatchedInstruments watched;
  private final MissedTrades missed;
  private final VendorLink link;

  ChannelData(WatchedInstruments watched, MissedTrades missed, VendorLink link) {
    this.watched = watched;
    this.missed = missed;
    this.link = link;
  }

  /** Something that reads data. */
  private interface Reading<T> {
    T read();
  }

  /** Reads data; null if they are bad, which is counted. */
  private <T> @Nullable T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      link.fault("data", DeribitSession.cut(String.valueOf(e.getMessage())));
      return null;
    }
  }

  void onData(DeribitStream stream, JsonNode data, long received, Emission out) {
    switch (stream) {
      case DeribitStream.Ticker(String name) -> onTicker(name, data, received, out);
      case DeribitStream.Trades _ -> onTrades(data, received, out);
      case DeribitStream.Changes(String name) -> onBook(name, data, received, out);
      case DeribitStream.Value(String id) -> onValue(id, data, received, out);
      case DeribitStream.MarkPrices _ -> onMarkPrices(data, received, out);
      case DeribitStream.Listings _ -> {}
    }
  }

  private void onTicker(String name, JsonNode data, long received, Emission out) {
    InstrumentFeed feed = watched.feed(name);
    if (feed != null) {
      TickerTicks ticks = read(() -> DeribitTicks.ticker(data, feed.instrument(), received));
      if (ticks != null) {
        feed.onTicker(ticks, received, out);
      }
    }
  }

  private void onValue(String id, JsonNode data, long received, Emission out) {
    InstrumentFeed feed = watched.feed(id);
    if (feed != null) {
      Tick.IndexValue value = read(() -> DeribitTicks.value(data, feed.instrument(), received));
      if (value != null) {
        feed.onValue(value, out);
      }
    }
  }

  private void onTrades(JsonNode data, long received, Emission out) {
    JsonNode rows = read(() -> DeribitTicks.rows(data));
    if (rows == null) {
      return;
    }
    List<Tick.Trade> trades = new ArrayList<>(rows.size());
    for (JsonNode row : rows) {
      InstrumentFeed feed = feed(row);
      Tick.Trade trade =
          feed == null ? null : read(() -> DeribitTicks.trade(row, feed.instrument(), received));
      if (trade != null) {
        trades.add(trade);
      }
    }
    trades.sort(Comparator.comparingLong(Tick.Trade::id));
    trades.forEach(trade -> onTrade(trade, received, out));
  }

  private void onTrade(Tick.Trade trade, long received, Emission out) {
    InstrumentFeed feed = watched.feed(trade.instrument().securityId());
    if (feed != null) {
      missed.onTrade(feed, trade, received, out);
    }
  }

  /** What has come of the instrument of a row; null if it is not watched. */
  private @Nullable InstrumentFeed feed(JsonNode row) {
    String name = read(() -> DeribitTicks.name(row));
    return name == null ? null : watched.feed(name);
  }

  private void onMarkPrices(JsonNode data, long received, Emission out) {
    JsonNode rows = read(() -> DeribitTicks.rows(data));
    if (rows == null) {
      return;
    }
    for (JsonNode row : rows) {
      InstrumentFeed feed = feed(row);
      if (feed != null && watched.isOfChain(feed.instrument())) {
        Tick.Marks marks = read(() -> DeribitTicks.markPrice(row, feed.instrument(), received));
        if (marks != null) {
          feed.onMarkPrice(marks, out);
        }
      }
    }
  }

  private void onBook(String name, JsonNode data, long received, Emission out) {
    InstrumentFeed feed = watched.feed(name);
    if (feed == null || !feed.wantsBook()) {
      return;
    }
    Tick.Depth depth = read(() -> DeribitTicks.book(data, feed.instrument(), received));
    if (depth == null) {
      return;
    }
    switch (feed.book().take(depth, out)) {
      case GAP -> link.fault("book-gap", "changes of the book of %s".formatted(name));
      case STALE -> link.fault("book-stale", "a change of the book of %s".formatted(name));
      case PASSED, WAITING -> {}
    }
  }
}
