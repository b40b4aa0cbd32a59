package dev.tapeline.feed.binance;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.vendor.SourceNotes;
import dev.tapeline.feed.vendor.TradeBackfill;
import dev.tapeline.feed.vendor.TradeRange;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one symbol: its trades in order, its newest quote, its book. Whatever comes
 * twice, as from two connections, is passed on once. Owned by the thread of its feed.
 */
final class PairFeed {

  private final String symbol;
  private final BinanceOptions options;
  private final BinanceCalls calls;
  private final VendorLink link;
  private final TradeBackfill trades;
  private final SnapshotSchedule schedule = new SnapshotSchedule();
  private Instrument instrument;
  private Detail detail;
  private @Nullable BookSync book;
  private BookSync.Shown shown;
  private boolean refreshes;
  private boolean streams;
  private final RisingNumber quoteId = new RisingNumber(Tick.NO_ID);
  private final RisingNumber statsTime = new RisingNumber(0);
  private boolean priced;
  private long now;

  /**
   * @param shown how far its book was shown before
   */
  PairFeed(
      String symbol,
      BookSync.Shown shown,
      Instrument instrument,
      BinanceOptions options,
      BinanceCalls calls,
      VendorLink link,
      SourceNotes notes) {
    this.symbol = symbol;
    this.shown = shown;
    this.instrument = instrument;
    this.options = options;
    this.calls = calls;
    this.link = link;
    this.trades =
        new TradeBackfill(symbol, link, notes, (_, time) -> calls.tradesSince(symbol, time));
    this.detail = Detail.PRICE;
  }

  /** Takes how much is wanted from now on. */
  void watch(Detail wanted, long received, Consumer<Tick> out) {
    detail = wanted;
    if (wanted == Detail.PRICE) {
      trades.giveUp(received, out);
    }
    if (wanted != Detail.BOOK) {
      shown = shown();
      book = null;
      streams = false;
    } else if (book == null) {
      book = new BookSync(options.books().levels(), shown, this::onLoss);
    }
  }

  private void onLoss(BookSync.Loss loss) {
    String kind = "book-" + loss.name().toLowerCase(Locale.ROOT);
    link.fault(kind, "the book of %s is fetched again".formatted(symbol));
    schedule.lost(now);
  }

  Instrument instrument() {
    return instrument;
  }

  /** Takes the instrument with what is known of it by now. */
  void describe(Instrument described) {
    instrument = described;
  }

  /** Reads the event of a frame. */
  StreamEvent read(BinanceFrame frame, byte[] buffer, long received) {
    String event = frame.event;
    if (event == null) {
      boolean isQuote = frame.lastId != BinanceFrame.ABSENT && frame.bidPrice != null;
      return isQuote ? quote(frame, received) : StreamEvent.OTHER;
    }
    return switch (event) {
      case "trade" ->
          new StreamEvent.Traded(
              BinanceTicks.trade(frame, instrument, received, frame.raw(buffer, 0)));
      case "aggTrade" -> new StreamEvent.Aggregated(BinanceTicks.aggregate(frame));
      case "bookTicker" -> quote(frame, received);
      case "depthUpdate" -> change(frame, buffer, received);
      case "24hrMiniTicker" ->
          new StreamEvent.Summed(
              BinanceTicks.stats(frame, instrument, received),
              BinanceTicks.lastPrice(frame, instrument, received));
      default -> StreamEvent.OTHER;
    };
  }

  private StreamEvent quote(BinanceFrame frame, long received) {
    return new StreamEvent.Quoted(BinanceTicks.quote(frame, instrument, received));
  }

  private StreamEvent change(BinanceFrame frame, byte[] buffer, long received) {
    if (book == null) {
      return StreamEvent.OTHER;
    }
    Tick.Depth change = BinanceTicks.change(frame, instrument, received, frame.raw(buffer, 0));
    if (change.snapshot() || !change.isNumbered()) {
      throw new IllegalArgumentException("depthUpdate without u");
    }
    return new StreamEvent.Changed(change);
  }

  /** Takes an event, and passes on what comes of it. */
  void onEvent(StreamEvent event, long received, Consumer<Tick> out) {
    now = received;
    switch (event) {
      case StreamEvent.Traded(Tick.Trade trade) -> onTrade(trade, out);
      case StreamEvent.Aggregated(TradeRange range) -> onAggregate(range, out);
      case StreamEvent.Quoted(Tick.Quote quote) -> onQuote(quote, out);
      case StreamEvent.Changed(Tick.Depth change) -> onChange(change, out);
      case StreamEvent.Summed(Tick.DayStats stats, Tick.LastPrice price) ->
          onStats(stats, price, out);
      case StreamEvent.Other _ -> {}
    }
  }

  private void onTrade(Tick.Trade trade, Consumer<Tick> out) {
    if (detail == Detail.PRICE) {
      return; // still on its way when it was unsubscribed
    }
    priced = true;
    trades.onTrade(trade, !calls.isResting(now), now, out);
  }

  private void onAggregate(TradeRange range, Consumer<Tick> out) {
    if (detail == Detail.PRICE) {
      priced = true;
      trades.onRange(instrument, range, now, out);
    }
  }

  private void onQuote(Tick.Quote quote, Consumer<Tick> out) {
    if (!takes(quoteId, quote.updateId(), "quote")) {
      return;
    }
    if (detail != Detail.PRICE) {
      out.accept(quote);
    }
    if (book != null) {
      book.onQuote(quote);
    }
  }

  /** Whether something is newer than all before it, or shows that the newest one was wrong. */
  private boolean takes(RisingNumber numbers, long number, String what) {
    return switch (numbers.take(number, now)) {
      case NEWER -> true;
      case OLDER -> false;
      case CORRECTING -> {
        link.fault("misread", "the newest %s of %s had a wrong number".formatted(what, symbol));
        yield true;
      }
    };
  }

  private void onStats(Tick.DayStats stats, Tick.LastPrice price, Consumer<Tick> out) {
    if (!takes(statsTime, stats.times().exchange(), "stats")) {
      return;
    }
    if (!priced) {
      out.accept(price);
    }
    out.accept(stats);
  }

  private void onChange(Tick.Depth change, Consumer<Tick> out) {
    if (book != null) {
      book.onChange(change, out);
      askForSnapshot(now);
    }
  }

  /** Its streams come again: until the next trade, the last price may be of one that was missed. */
  void onResumed() {
    priced = false;
  }

  /** The stream of its book's changes comes again, after a time in which it did not. */
  void onBookResumed(long received) {
    if (book != null) {
      streams = true;
      refreshes = true;
      askForSnapshot(received);
    }
  }

  /** Asks for a snapshot if one is wanted and due. */
  void askForSnapshot(long received) {
    BookSync current = book;
    if (current == null || !(refreshes || current.isSnapshotWanted())) {
      return;
    }
    boolean hasStream = streams || current.hasChanges() || current.isInStep();
    if (hasStream && schedule.isDue(received) && !calls.isResting(received)) {
      schedule.asked(received);
      calls.snapshot(symbol);
    }
  }

  /**
   * Takes a snapshot.
   *
   * @param limit how many levels a side of it has at most
   */
  void onSnapshot(Tick.Depth snapshot, int limit, long received, Consumer<Tick> out) {
    if (book == null) {
      return;
    }
    now = received;
    BookSync.Outcome outcome = book.onSnapshot(snapshot, limit, out);
    refreshes = false;
    switch (outcome) {
      case TAKEN, UNWANTED -> schedule.taken(received);
      case TOO_OLD, IMPOSSIBLE -> {
        String kind = "snapshot-" + outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
        link.fault(kind, "a snapshot of %s is of no use".formatted(symbol));
        schedule.failed(received);
      }
    }
  }

  /** A snapshot has not come. */
  void onNoSnapshot(long received) {
    schedule.failed(received);
  }

  /** Takes trades that were fetched, and asks for more if they are not enough. */
  void onFetched(List<Aggregate> aggregates, long received, Consumer<Tick> out) {
    now = received;
    List<TradeRange> ranges = aggregates.stream().map(Aggregate::trades).toList();
    Runnable next =
        aggregates.isEmpty()
            ? () -> calls.tradesSince(symbol, trades.lastTime())
            : () -> calls.tradesFrom(symbol, aggregates.getLast().number() + 1);
    trades.onFetched(instrument, new TradeBackfill.Page(ranges, next), received, out);
  }

  /** Its trades. */
  TradeBackfill trades() {
    return trades;
  }

  /** How far its book was shown. */
  BookSync.Shown shown() {
    return book == null ? shown : book.shown();
  }

  /** Whether its book was given up for a while. */
  boolean isBookGivenUp() {
    return book != null && !book.isInStep() && schedule.isResting();
  }

  /** Whether its book is shown as it is. */
  boolean isBookInStep() {
    return book != null && book.isInStep();
  }
}
