package dev.tapeline.feed.deribit;

import dev.tapeline.feed.deribit.DeribitInstruments.Listing;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The lists of Deribit's instruments by currency and kind: asked for at once, soon after an
 * instrument has come or gone, and a minute after each full hour, as options expire at 08:00 UTC.
 * Owned by the thread of its feed.
 */
final class InstrumentLists {

  private static final List<String> KINDS = List.of("option", "future", "spot");
  private static final Set<String> WITH_VOLATILITY = Set.of("btc_usd", "eth_usd");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z0-9]{2,10}");
  private static final int MAX_CURRENCIES = 40;
  private static final int MAX_INSTRUMENTS = 50_000;
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final long AFTER_HOUR_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long RETRY_MILLIS = Duration.ofSeconds(30).toMillis();
  private static final long SOON_MILLIS = Duration.ofSeconds(5).toMillis();

  private final DeribitCalls calls;
  private final VendorLink link;
  private final DeribitListener listener;

  /** By currency and kind, as {@code BTC:option}. */
  private final Map<String, Entry> entries = new TreeMap<>();

  private final Map<String, Listing> byName = new HashMap<>();
  private final Map<ChainKey, List<Instrument.Option>> chains = new HashMap<>();
  private boolean announced;

  /** A list, and when it is to be asked for again. */
  private static final class Entry {
    private List<Listing> listings = List.of();
    private boolean known;
    private long due;
  }

  InstrumentLists(DeribitCalls calls, VendorLink link, DeribitListener listener) {
    this.calls = calls;
    this.link = link;
    this.listener = listener;
  }

  /** Says whose lists are wanted; lists that were wanted before are kept. */
  void want(Collection<String> currencies) {
    for (String currency : currencies) {
      boolean known = entries.containsKey(currency + ":" + KINDS.getFirst());
      if (!CURRENCY.matcher(currency).matches()) {
        link.fault("currency", "Deribit can't have the currency " + currency);
      } else if (!known && entries.size() >= MAX_CURRENCIES * KINDS.size()) {
        link.fault("currency", "too many currencies; left out " + currency);
      } else if (!known) {
        KINDS.forEach(kind -> entries.put(currency + ":" + kind, new Entry()));
      }
    }
  }

  /** Asks for the lists that are due, and tells what has expired. */
  void onTime(long now) {
    announceOnce();
    entries.forEach((name, entry) -> {
      if (now >= entry.due) {
        entry.due = now + RETRY_MILLIS;
        calls.instruments(currency(name), name.substring(name.indexOf(':') + 1));
      }
    });
  }

  private static String currency(String name) {
    return name.substring(0, name.indexOf(':'));
  }

  /** Something has come or gone: the lists of a currency are asked for soon. */
  void refresh(String currency, long now) {
    entries.forEach((name, entry) -> {
      if (currency(name).equals(currency)) {
        entry.due = Math.min(entry.due, now + SOON_MILLIS);
      }
    });
  }

  /**
   * Takes the result of an answer.
   *
   * @param name currency and kind, as {@code BTC:option}
   * @return whether the instruments are others than before
   */
  boolean learn(String name, JsonNode result, long now) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return false;
    }
    DeribitInstruments answer;
    try {
      answer = DeribitInstruments.of(result);
    } catch (IllegalArgumentException e) {
      link.fault("instruments", "the list %s: %s".formatted(name, e.getMessage()));
      return false;
    }
    if (answer.skipped() > 0) {
      link.fault("instrument", "%d of the list %s".formatted(answer.skipped(), name));
    }
    entry.due = (now / HOUR_MILLIS + 1) * HOUR_MILLIS + AFTER_HOUR_MILLIS;
    boolean same = entry.known && entry.listings.equals(answer.listings());
    entry.known = true;
    entry.listings = answer.listings();
    return !same && index();
  }

  /** An instrument has expired; returns whether it was known. It is announced with others. */
  boolean remove(String name) {
    Listing gone = byName.remove(name);
    if (gone == null) {
      return false;
    }
    entries.values().forEach(entry -> entry.listings = without(gone, entry.listings));
    chains.values().forEach(options -> options.remove(gone.instrument()));
    announced = false;
    return true;
  }

  private static List<Listing> without(Listing gone, List<Listing> listings) {
    return listings.stream().filter(listing -> !listing.equals(gone)).toList();
  }

  private boolean index() {
    byName.clear();
    chains.clear();
    for (Entry entry : entries.values()) {
      entry.listings.forEach(this::index);
    }
    chains
        .values()
        .forEach(options ->
            options.sort(
                Comparator.comparing(Instrument.Option::strike)
                    .thenComparing(Instrument.Option::symbol)));
    announce();
    return true;
  }

  private void index(Listing listing) {
    if (byName.size() >= MAX_INSTRUMENTS) {
      link.fault("instruments", "more than %d instruments".formatted(MAX_INSTRUMENTS));
      return;
    }
    Listing before = byName.put(listing.instrument().securityId(), listing);
    if (before == null && listing.instrument() instanceof Instrument.Option option) {
      ChainKey key = ChainKey.of(option.underlying(), option.expiry());
      if (key != null) {
        chains.computeIfAbsent(key, _ -> new ArrayList<>()).add(option);
      }
    }
  }

  /** Tells the instruments unless they have been told: before any list has come, the indices. */
  void announceOnce() {
    if (!announced) {
      announce();
    }
  }

  private void announce() {
    announced = true;
    Map<String, Instrument> all = new TreeMap<>();
    Set<String> indices = new TreeSet<>();
    entries.keySet().forEach(name -> indices.add(DeribitNames.indexSymbol(currency(name))));
    byName
        .values()
        .forEach(listing -> {
          indices.add(listing.index());
          all.put(listing.instrument().symbol(), listing.instrument());
        });
    indices.forEach(symbol -> addIndex(symbol, all));
    listener.onInstruments(List.copyOf(all.values()));
  }

  private static void addIndex(String symbol, Map<String, Instrument> all) {
    String name = symbol.toLowerCase(Locale.ROOT);
    if (!DeribitNames.isIndexName(name)) {
      return;
    }
    all.put(symbol, DeribitNames.index(name));
    if (WITH_VOLATILITY.contains(name)) {
      Instrument volatility = DeribitNames.index(DeribitNames.volatilityId(name));
      all.put(volatility.symbol(), volatility);
    }
  }

  /** The options of a chain by strike; none if it is not known. */
  List<Instrument.Option> chain(ChainKey key) {
    return List.copyOf(chains.getOrDefault(key, List.of()));
  }

  /** The instrument of a name as it is listed; null if it is not. */
  @Nullable Instrument listed(String name) {
    Listing listing = byName.get(name);
    return listing == null ? null : listing.instrument();
  }

  /** The lists that have never come, as {@code BTC:option}. */
  List<String> missing() {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getValue().known)
        .map(Map.Entry::getKey)
        .toList();
  }
}
