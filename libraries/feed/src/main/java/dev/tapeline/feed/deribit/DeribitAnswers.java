package dev.tapeline.feed.deribit;

import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.Emission;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the answers of Deribit's REST side. Owned by the thread of its feed. */
final class DeribitAnswers {

  private final DeribitCalls calls;
  private final InstrumentLists lists;
  private final WatchedInstruments watched;
  private final MissedTrades missed;
  private final VendorLink link;

  DeribitAnswers(
      DeribitCalls calls,
      InstrumentLists lists,
      WatchedInstruments watched,
      MissedTrades missed,
      VendorLink link) {
    this.calls = calls;
    this.lists = lists;
    this.watched = watched;
    this.missed = missed;
    this.link = link;
  }

  /**
   * Takes an answer.
   *
   * @return whether the instruments are others than before
   */
  boolean onAnswer(Arrival.Answer answer, Emission out) {
    JsonNode result = calls.result(answer);
    int colon = answer.call().indexOf(':');
    if (result == null || colon < 0) {
      onNoAnswer(answer.call(), answer.received(), out);
      return false;
    }
    String about = answer.call().substring(colon + 1);
    String call = answer.call().substring(0, colon);
    if (call.equals(DeribitCalls.INSTRUMENTS)) {
      return lists.learn(about, result, answer.received());
    }
    if (call.equals(DeribitCalls.SUMMARY)) {
      onSummary(result, about, answer.received(), out);
      return false;
    }
    InstrumentFeed feed = watched.feed(about);
    if (feed != null) {
      onOne(call, feed, result, answer.received(), out);
    }
    return false;
  }

  /** Takes that a call has no answer, or none of use: it is made again later, but for trades. */
  void onNoAnswer(String call, long now, Emission out) {
    String trades = DeribitCalls.TRADES + ":";
    InstrumentFeed feed =
        call.startsWith(trades) ? watched.feeds().get(call.substring(trades.length())) : null;
    if (feed != null) {
      missed.onNoAnswer(feed, now, out);
    }
  }

  private void onTrades(InstrumentFeed feed, JsonNode result, long received, Emission out) {
    try {
      missed.onAnswer(feed, result, received, out);
    } catch (IllegalArgumentException e) {
      link.fault("answer", DeribitSession.cut(String.valueOf(e.getMessage())));
      missed.onNoAnswer(feed, received, out);
    }
  }

  private void onOne(
      String call, InstrumentFeed feed, JsonNode result, long received, Emission out) {
    switch (call) {
      case DeribitCalls.TICKER -> {
        TickerTicks ticks = read(() -> DeribitTicks.ticker(result, feed.instrument(), received));
        if (ticks != null) {
          feed.onAnswer(ticks.last(), received, out);
        }
      }
      case DeribitCalls.INDEX, DeribitCalls.VOLATILITY -> {
        Tick.IndexValue value = read(() -> value(call, feed.instrument(), result, received));
        if (value != null) {
          feed.onAnswer(value, out);
        }
      }
      case DeribitCalls.TRADES -> onTrades(feed, result, received, out);
      default -> link.fault("call", "an answer to " + call);
    }
  }

  /** Deribit doesn't say of when the value of a price index is. */
  private static Tick.IndexValue value(
      String call, Instrument instrument, JsonNode result, long received) {
    if (call.equals(DeribitCalls.INDEX)) {
      BigDecimal price = DeribitJson.number(result, "index_price");
      return new Tick.IndexValue(
          instrument, new Times(0, received), DeribitJson.require(price, "index_price"));
    }
    JsonNode bars = result.path("data");
    JsonNode bar = bars.path(bars.size() - 1);
    return new Tick.IndexValue(
        instrument,
        new Times(0, received),
        DeribitJson.exact(bar.path(bar.size() - 1), "the close"));
  }

  private void onSummary(JsonNode result, String list, long received, Emission out) {
    for (JsonNode row : result) {
      String name = DeribitJson.text(row, "instrument_name");
      InstrumentFeed feed = name == null ? null : watched.feeds().get(name);
      if (feed != null) {
        TickerTicks ticks = read(() -> DeribitTicks.summary(row, feed.instrument(), received));
        if (ticks != null) {
          feed.onSummary(ticks, watched.isOfChain(feed.instrument()), received, out);
        }
      }
    }
    for (ChainWatch chain : watched.chains()) {
      if (list.equals(chain.currency() + ":option")) {
        chain.summaryCame();
      }
    }
  }

  /** Something that reads an answer. */
  private interface Reading<T> {
    T read();
  }

  private <T> @Nullable T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      link.fault("answer", DeribitSession.cut(String.valueOf(e.getMessage())));
      return null;
    }
  }
}
