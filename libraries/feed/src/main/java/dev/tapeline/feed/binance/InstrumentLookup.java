package dev.tapeline.feed.binance;

import dev.tapeline.feed.binance.BinanceInstruments.Listing;
import dev.tapeline.feed.vendor.Retries;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the watched symbols of which too little is known, in pages. A page that is refused has a
 * symbol that Binance doesn't know, without saying which: it is halved until it has one. Owned by
 * the thread of its feed.
 */
final class InstrumentLookup {

  static final int PAGE = 100;
  private static final long LOST_CALL_MILLIS = Duration.ofMinutes(2).toMillis();

  private final BinanceCalls calls;
  private final VendorLink link;
  private final Map<String, Listing> listings = new TreeMap<>();
  private final Set<String> watched = new HashSet<>();
  private final Set<String> unknown = new TreeSet<>();
  private final Deque<List<String>> pages = new ArrayDeque<>();
  private final Retries retries = Retries.exact(BinanceWaits.USUAL);
  private @Nullable List<String> asked;
  private int page;
  private long askedAt;
  private long due;

  InstrumentLookup(BinanceCalls calls, VendorLink link) {
    this.calls = calls;
    this.link = link;
  }

  /** Takes the watched instruments by symbol, and forgets others. */
  void watch(Map<String, Instrument> instruments) {
    watched.clear();
    watched.addAll(instruments.keySet());
    listings.keySet().retainAll(watched);
    unknown.retainAll(watched);
    Map<String, Instrument> missing = new TreeMap<>(instruments);
    missing.values().removeIf(instrument -> instrument.tickSize().signum() > 0);
    missing.keySet().removeAll(listings.keySet());
    missing.keySet().removeAll(unknown);
    pages.clear();
    if (asked != null) {
      missing.keySet().removeAll(asked);
    }
    List<String> symbols = new ArrayList<>(missing.keySet());
    for (int from = 0; from < symbols.size(); from += PAGE) {
      pages.add(symbols.subList(from, Math.min(symbols.size(), from + PAGE)));
    }
  }

  /** Asks for the next page if it is due. */
  void onTime(long now) {
    if (asked != null && now - askedAt > LOST_CALL_MILLIS) {
      failed(now);
    }
    if (asked == null && !pages.isEmpty() && now >= due && !calls.isResting(now)) {
      asked = pages.removeFirst();
      askedAt = now;
      page++;
      calls.instruments(page, asked);
    }
  }

  /** The answer has not come, or was of no use. */
  void failed(long now) {
    if (asked != null) {
      pages.addFirst(asked);
      asked = null;
      due = now + retries.next().toMillis();
    }
  }

  /** The page was refused. */
  void refused() {
    List<String> symbols = asked;
    asked = null;
    if (symbols == null) {
      return;
    }
    if (symbols.size() == 1) {
      reject(symbols.getFirst());
    } else {
      int half = symbols.size() / 2;
      pages.addFirst(symbols.subList(half, symbols.size()));
      pages.addFirst(symbols.subList(0, half));
    }
  }

  private void reject(String symbol) {
    unknown.add(symbol);
    link.fault("symbol", "Binance doesn't know %s".formatted(symbol));
  }

  /** Takes the answer. */
  void learn(BinanceInstruments answer) {
    retries.reset();
    for (Listing listing : answer.listings()) {
      if (watched.contains(listing.pair().symbol())) {
        listings.put(listing.pair().symbol(), listing);
      }
    }
    if (asked != null) {
      for (String symbol : asked) {
        if (watched.contains(symbol) && !listings.containsKey(symbol)) {
          reject(symbol);
        }
      }
      asked = null;
    }
  }

  /** The instrument with its name and its tick size, as far as they were looked up. */
  Instrument described(String symbol, Instrument instrument) {
    Listing listing = listings.get(symbol);
    if (listing == null || !(instrument instanceof Instrument.Pair(Reference known))) {
      return instrument;
    }
    String name = known.name().equals(known.symbol()) ? listing.pair().name() : known.name();
    return known.tickSize().signum() > 0
        ? instrument
        : new Instrument.Pair(
            new Reference(
                known.symbol(),
                known.segment(),
                known.securityId(),
                name,
                listing.pair().tickSize()));
  }

  /** The symbols that don't trade now with their status, and those that Binance doesn't know. */
  List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    new TreeMap<>(listings)
        .forEach((symbol, listing) -> {
          if (!listing.isTrading()) {
            troubles.add(symbol + " is in " + listing.status());
          }
        });
    unknown.forEach(symbol -> troubles.add(symbol + " is unknown"));
    return troubles;
  }
}
