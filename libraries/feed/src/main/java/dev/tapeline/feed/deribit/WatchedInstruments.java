package dev.tapeline.feed.deribit;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is watched now, resolved into instruments and channels: the instruments of the watchlist,
 * and the options of its chains with the index of each. Owned by the thread of its feed.
 */
final class WatchedInstruments {

  private static final int MAX_CHAINS = 64;
  private static final int MAX_BY_NAME = 10_000;

  private final DeribitOptions.Streams streams;
  private final InstrumentLists lists;
  private final MissedTrades missed;
  private final VendorLink link;
  private final Map<String, InstrumentFeed> feeds = new HashMap<>();
  private final Map<ChainKey, ChainWatch> chains = new LinkedHashMap<>();
  private final Map<String, Instrument> asked = new HashMap<>();
  private Watchlist watchlist = Watchlist.EMPTY;

  WatchedInstruments(
      DeribitOptions.Streams streams, InstrumentLists lists, MissedTrades missed, VendorLink link) {
    this.streams = streams;
    this.lists = lists;
    this.missed = missed;
    this.link = link;
  }

  /** Takes another watchlist. */
  void watch(Watchlist next) {
    watchlist = next;
    asked.clear();
    next.asked().forEach(instrument -> asked.put(instrument.securityId(), instrument));
    List<ChainKey> keys =
        next.chains().stream()
            .sorted(Comparator.comparing(ChainKey::expiry).thenComparing(ChainKey::underlying))
            .limit(MAX_CHAINS)
            .toList();
    if (keys.size() < next.chains().size()) {
      link.fault(
          "chains", "%d chains; there can be %d".formatted(next.chains().size(), MAX_CHAINS));
    }
    Map<ChainKey, ChainWatch> before = Map.copyOf(chains);
    chains.clear();
    keys.forEach(key ->
        chains.put(key, before.getOrDefault(key, new ChainWatch(key, streams.maxTickers()))));
    lists.want(chains.values().stream().map(ChainWatch::currency).distinct().sorted().toList());
    resolve();
  }

  /** Takes what is listed now. */
  void resolve() {
    Map<String, Instrument> wanted = new HashMap<>(asked);
    for (ChainWatch chain : chains.values()) {
      String index = indexName(chain.key());
      chain.list(lists.chain(chain.key()), price(index));
      chain.options().forEach(option -> wanted.put(option.securityId(), option));
      if (DeribitNames.isIndexName(index)) {
        wanted.putIfAbsent(index, DeribitNames.index(index));
      }
    }
    watchlist.instruments().keySet().forEach(it -> wanted.put(it.securityId(), it));
    Map<String, Detail> details = details();
    feeds.keySet().retainAll(wanted.keySet());
    wanted.forEach((name, instrument) ->
        feeds
            .computeIfAbsent(name, _ -> new InstrumentFeed(instrument, missed::begin))
            .want(instrument, details.get(name), asked.containsKey(name)));
    missed.retain(feeds.values());
  }

  private Map<String, Detail> details() {
    Map<String, Detail> details = new TreeMap<>();
    watchlist
        .instruments()
        .forEach((instrument, detail) -> details.put(instrument.securityId(), detail));
    return details;
  }

  private static String indexName(ChainKey key) {
    return key.underlying().toLowerCase(Locale.ROOT);
  }

  private @Nullable BigDecimal price(String index) {
    InstrumentFeed feed = feeds.get(index);
    return feed == null ? null : feed.price();
  }

  /** The channels of all this, the most important first. */
  Collection<String> channels() {
    Set<String> channels = new LinkedHashSet<>();
    Map<String, Detail> details = details();
    details.forEach((name, detail) -> addOf(name, detail, channels));
    for (ChainWatch chain : chains.values()) {
      String index = indexName(chain.key());
      if (DeribitNames.isIndexName(index)) {
        channels.add(DeribitStream.value(index));
        channels.add(DeribitStream.listings(chain.currency()));
        if (chain.isLarge()) {
          channels.add(DeribitStream.markPrices(index));
        }
      }
    }
    for (ChainWatch chain : chains.values()) {
      chain.chosen().forEach(option -> channels.add(ticker(option.securityId())));
    }
    return channels;
  }

  private void addOf(String name, Detail detail, Set<String> channels) {
    InstrumentFeed feed = feeds.get(name);
    if (feed == null) {
      return;
    }
    if (feed.instrument() instanceof Instrument.Index) {
      channels.add(DeribitStream.value(name));
      return;
    }
    channels.add(ticker(name));
    if (detail != Detail.PRICE) {
      channels.add(DeribitStream.trades(name, streams.interval()));
    }
    if (detail == Detail.BOOK) {
      channels.add(bookChannel(name));
    }
  }

  private String ticker(String name) {
    return DeribitStream.ticker(name, streams.interval());
  }

  String bookChannel(String name) {
    return DeribitStream.changes(name, streams.interval());
  }

  /**
   * What has come of an instrument; null if it is not watched. An option of a watched chain is
   * known by its name alone where no list has come, as in a part of a recording.
   */
  @Nullable InstrumentFeed feed(String name) {
    InstrumentFeed feed = feeds.get(name);
    if (feed != null || chains.isEmpty() || feeds.size() >= MAX_BY_NAME) {
      return feed;
    }
    try {
      if (DeribitNames.named(name) instanceof Instrument.Option option
          && isUnlisted(ChainKey.of(option.underlying(), option.expiry()))) {
        InstrumentFeed fresh = new InstrumentFeed(option, missed::begin);
        feeds.put(name, fresh);
        return fresh;
      }
    } catch (IllegalArgumentException _) {
      return null; // counted as unknown by the caller
    }
    return null;
  }

  private boolean isUnlisted(@Nullable ChainKey key) {
    ChainWatch chain = key == null ? null : chains.get(key);
    return chain != null && chain.options().isEmpty();
  }

  /** Whether an option belongs to a watched chain. */
  boolean isOfChain(Instrument instrument) {
    return instrument instanceof Instrument.Option option
        && chains.containsKey(new ChainKey(option.underlying(), option.expiry()));
  }

  /** Chooses tickers anew where a price has moved; returns whether any were. */
  boolean chooseTickers() {
    boolean chosen = false;
    for (ChainWatch chain : chains.values()) {
      chosen |= chain.choose(price(indexName(chain.key())));
    }
    return chosen;
  }

  Collection<ChainWatch> chains() {
    return chains.values();
  }

  Map<String, InstrumentFeed> feeds() {
    return feeds;
  }

  Collection<Instrument> asked() {
    return asked.values();
  }

  /** The instruments whose books are void, by name. */
  List<String> voidBooks() {
    List<String> names = new ArrayList<>();
    feeds.forEach((name, feed) -> {
      if (feed.book().isBroken()) {
        names.add(name);
      }
    });
    names.sort(Comparator.naturalOrder());
    return names;
  }
}
