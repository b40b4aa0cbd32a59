package dev.tapeline.feed.vendor;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.util.List;
import java.util.function.Consumer;

/**
 * The trades of one instrument in order, of which those that were missed are fetched page by page.
 * It says what was fetched and what is lost. Owned by the thread of its feed.
 */
public final class TradeBackfill {

  /** How many trades, or ranges of them, a full page has. */
  public static final int PAGE = 1000;

  private static final int MAX_PAGES = TradeSequence.MAX_MISSING / PAGE;

  /** An answer without the newest trades is early: it is asked for again, so often at least. */
  private static final int MIN_PAGES = 3;

  /** Asks for the first page of trades that are missing. */
  @FunctionalInterface
  public interface FirstPage {

    /**
     * Asks for the trades after one.
     *
     * @param id of the newest trade before the missing ones
     * @param time when that one happened, epoch ms
     */
    void ask(long id, long time);
  }

  /**
   * What was fetched.
   *
   * @param ranges the oldest first
   * @param next asks for the page after this one, should trades still be missing
   */
  public record Page(List<TradeRange> ranges, Runnable next) {}

  private final String symbol;
  private final VendorLink link;
  private final SourceNotes notes;
  private final FirstPage firstPage;
  private final TradeSequence trades = new TradeSequence();
  private int pages;
  private long filledTold;
  private long lostTold;
  private long misreadTold;

  /**
   * @param symbol how the instrument is called in faults and notes
   */
  public TradeBackfill(String symbol, VendorLink link, SourceNotes notes, FirstPage firstPage) {
    this.symbol = symbol;
    this.link = link;
    this.notes = notes;
    this.firstPage = firstPage;
  }

  /**
   * Takes a single trade, and passes on what is due.
   *
   * @param canFetch whether trades that are missing before it can be fetched now
   */
  public void onTrade(Tick.Trade trade, boolean canFetch, long now, Consumer<? super Tick> out) {
    boolean wasHolding = trades.isHolding();
    trades.onTrade(trade, canFetch, out);
    if (!wasHolding && trades.isHolding()) {
      pages = 1;
      firstPage.ask(trades.last(), trades.lastTime());
    }
    tell(now);
  }

  /** Takes trades of one order where single ones aren't subscribed. */
  public void onRange(
      Instrument instrument, TradeRange range, long now, Consumer<? super Tick> out) {
    trades.onRange(instrument, range, now, out);
    tell(now);
  }

  /** Takes trades that were fetched, and asks for more if they are not enough. */
  public void onFetched(Instrument instrument, Page page, long now, Consumer<? super Tick> out) {
    if (trades.isHolding() && trades.onFetched(instrument, page.ranges(), now, out)) {
      if (pages < (page.ranges().size() >= PAGE ? MAX_PAGES : MIN_PAGES)) {
        pages++;
        page.next().run();
      } else {
        trades.giveUp(out);
      }
    }
    tell(now);
  }

  /** Takes trades that were fetched without a gap having been seen, as after a reconnect. */
  public void onNewer(
      Instrument instrument, List<TradeRange> ranges, long now, Consumer<? super Tick> out) {
    trades.onNewer(instrument, ranges, now, out);
    tell(now);
  }

  /** Goes on without the trades that are missing. */
  public void giveUp(long now, Consumer<? super Tick> out) {
    trades.giveUp(out);
    tell(now);
  }

  private void tell(long now) {
    if (trades.filled() > filledTold && !trades.isHolding()) {
      long filled = trades.filled() - filledTold;
      notes.add(now, "%d missed trades of %s fetched".formatted(filled, symbol));
      filledTold = trades.filled();
    }
    if (trades.misread() > misreadTold) {
      link.fault("trade-id", "a trade of %s had a wrong id".formatted(symbol));
      misreadTold = trades.misread();
      lostTold = Math.min(lostTold, trades.lost());
    }
    if (trades.lost() > lostTold) {
      String text = "%d trades of %s lost".formatted(trades.lost() - lostTold, symbol);
      notes.add(now, text);
      link.fault("trades-lost", text);
      lostTold = trades.lost();
    }
  }

  /** Whether trades are held for those that are missing. */
  public boolean isHolding() {
    return trades.isHolding();
  }

  /** Whether trades have been held for too long. */
  public boolean isHeldTooLong(long now) {
    return trades.isHeldTooLong(now);
  }

  /** The id of the newest trade that was passed on; {@link Tick#NO_ID} if none was. */
  public long last() {
    return trades.last();
  }

  /** When the newest trade that was passed on happened, epoch ms. */
  public long lastTime() {
    return trades.lastTime();
  }
}
