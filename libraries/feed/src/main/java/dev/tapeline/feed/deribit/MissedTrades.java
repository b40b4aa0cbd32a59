package dev.tapeline.feed.deribit;

import dev.tapeline.feed.vendor.Emission;
import dev.tapeline.feed.vendor.HeldTrades;
import dev.tapeline.feed.vendor.SourceNotes;
import dev.tapeline.feed.vendor.TradeBackfill;
import dev.tapeline.feed.vendor.TradeRange;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The trades that were missed, as during a lost connection, and that REST still has.
 *
 * <p>A trade whose number leaves some out is held while those are fetched. An instrument whose
 * trades are subscribed again is asked for them even if none comes: one instrument each time that
 * the clock ticks, which leaves half of the credits to the others. Owned by the thread of its feed.
 */
final class MissedTrades {

  private final DeribitCalls calls;
  private final VendorLink link;
  private final SourceNotes notes = new SourceNotes();
  private final HeldTrades held = new HeldTrades();
  private final Set<String> due = new LinkedHashSet<>();

  MissedTrades(DeribitCalls calls, VendorLink link) {
    this.calls = calls;
    this.link = link;
  }

  /** The trades of an instrument, of which none has come yet. */
  TradeBackfill begin(Instrument instrument) {
    return new TradeBackfill(
        instrument.symbol(), link, notes, (id, _) -> calls.trades(instrument.securityId(), id + 1));
  }

  /** Takes a trade of a channel. */
  void onTrade(InstrumentFeed feed, Tick.Trade trade, long now, Emission out) {
    due.remove(feed.instrument().securityId());
    feed.onTrade(trade, !calls.isResting(now), now, out);
    held.note(feed.trades());
  }

  /** The trades of an instrument are subscribed, perhaps again. */
  void onSubscribed(InstrumentFeed feed) {
    if (feed.trades().last() != Tick.NO_ID) {
      due.add(feed.instrument().securityId());
    }
  }

  /** Forgets all instruments but these. */
  void retain(Collection<InstrumentFeed> watched) {
    held.retain(watched.stream().map(InstrumentFeed::trades).toList());
    due.retainAll(watched.stream().map(feed -> feed.instrument().securityId()).toList());
  }

  /** Asks for the trades of the next instrument that is due. */
  void onTime(long now, WatchedInstruments watched) {
    if (due.isEmpty() || calls.isResting(now)) {
      return;
    }
    String name = due.iterator().next();
    due.remove(name);
    InstrumentFeed feed = watched.feeds().get(name);
    if (feed != null && feed.trades().last() != Tick.NO_ID && !feed.trades().isHolding()) {
      calls.trades(name, feed.trades().last() + 1);
    }
  }

  /**
   * Takes the answer to a call.
   *
   * @throws IllegalArgumentException if it has no trades
   */
  void onAnswer(InstrumentFeed feed, JsonNode result, long now, Emission out) {
    List<TradeRange> ranges = new ArrayList<>();
    for (JsonNode row : DeribitTicks.rows(result.path("trades"))) {
      Tick.Trade trade = DeribitTicks.trade(row, feed.instrument(), now);
      ranges.add(
          new TradeRange(
              trade.id(),
              trade.id(),
              trade.price(),
              Objects.requireNonNull(trade.quantity()),
              trade.times().exchange(),
              trade.aggressor()));
    }
    TradeBackfill trades = feed.trades();
    String name = feed.instrument().securityId();
    Runnable next = () -> calls.trades(name, trades.last() + 1);
    if (trades.isHolding()) {
      trades.onFetched(feed.instrument(), new TradeBackfill.Page(ranges, next), now, out);
    } else {
      trades.onNewer(feed.instrument(), ranges, now, out);
      if (ranges.size() >= TradeBackfill.PAGE) {
        next.run();
      }
    }
    held.note(trades);
  }

  /** There is no answer to a call, or none of use. */
  void onNoAnswer(InstrumentFeed feed, long now, Emission out) {
    feed.trades().giveUp(now, out);
    held.note(feed.trades());
  }

  /** Passes on what has been held for too long. */
  void giveUpLate(long now, Emission out) {
    held.giveUpLate(now, out);
  }

  /** What has lately become of missed trades, for people. */
  List<String> notes(long now) {
    return notes.recent(now);
  }
}
