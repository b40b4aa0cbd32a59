package dev.tapeline.plant.watch;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Selector;
import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.plant.channels.ChannelSubject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Plans what each source is to watch: the instruments and the option chains whose channels are
 * wanted. A pattern wants what others have named, and nothing by itself: {@code market:tick:*} does
 * not make a source watch all that its vendor has.
 *
 * <p>Told of demand by any thread; {@link #plan} is called by one thread, every now and then.
 */
public final class WatchPlanner implements Demand.Listener {

  /** How many plans pass before symbols that nobody knew are looked up again. */
  private static final int PLANS_BETWEEN_SEARCHES = 25;

  private final InstrumentFinder finder;
  private final BiConsumer<String, Watchlist> sources;
  private final int maxInstruments;

  // guarded by this
  private final Map<String, Wanted> symbols = new LinkedHashMap<>();
  private final Map<ChainKey, Integer> chains = new LinkedHashMap<>();
  private final Map<String, Integer> prices = new LinkedHashMap<>();
  private boolean changed;
  private boolean relisted;

  // owned by the thread that plans
  private final Map<String, Watchlist> told = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();

  /** The legs of the chains that are wanted, looked up once for each list of instruments. */
  private final Map<ChainKey, List<Instrument>> legs = new HashMap<>();

  private int plans;
  private volatile State state = new State(0, 0, 0);

  /** How many channels want an instrument, and how many of them its book. */
  private static final class Wanted {
    private int channels;
    private int books;
  }

  /**
   * The result of the newest plan.
   *
   * @param watched instruments of all sources
   * @param unknown symbols that are wanted and that no source has
   * @param refused instruments beyond the limit of their source
   */
  public record State(int watched, int unknown, int refused) {}

  /**
   * @param sources gets the watchlist of a source whenever it is another one, on the planning
   *     thread
   * @param maxInstruments how many instruments a source watches at most; later ones are refused
   */
  public WatchPlanner(
      InstrumentFinder finder, BiConsumer<String, Watchlist> sources, int maxInstruments) {
    this.finder = finder;
    this.sources = sources;
    this.maxInstruments = maxInstruments;
  }

  @Override
  public synchronized void onWanted(List<Selector> selectors) {
    selectors.forEach(selector -> count(selector, 1));
  }

  @Override
  public synchronized void onReleased(List<Selector> selectors) {
    selectors.forEach(selector -> count(selector, -1));
  }

  private void count(Selector selector, int more) {
    if (!(selector instanceof Channel(String name))) {
      return;
    }
    switch (ChannelSubject.of(name)) {
      case ChannelSubject.OfInstrument(String symbol, boolean book) -> {
        Wanted wanted = symbols.computeIfAbsent(symbol, _ -> new Wanted());
        wanted.channels += more;
        wanted.books += book ? more : 0;
        if (wanted.channels <= 0) {
          symbols.remove(symbol);
        }
        changed = true;
      }
      case ChannelSubject.OfChain(String underlying, var expiry) -> {
        ChainKey key = ChainKey.of(underlying, expiry);
        if (key != null) {
          chains.merge(key, more, WatchPlanner::sumOrNone);
          changed = true;
        }
      }
      case ChannelSubject.OfPrice(String key) -> {
        prices.merge(key, more, WatchPlanner::sumOrNone);
        changed = true;
      }
      case ChannelSubject.Other _ -> {}
    }
  }

  private static @Nullable Integer sumOrNone(int before, int more) {
    return before + more > 0 ? before + more : null;
  }

  /** Says that instruments have changed: the next plan looks all of them up again. */
  public synchronized void instrumentsChanged() {
    changed = true;
    relisted = true;
  }

  /** Tells each source whose watchlist has changed its new one. */
  public void plan() {
    plans++;
    boolean search = !unknown.isEmpty() && plans % PLANS_BETWEEN_SEARCHES == 0;
    Map<String, Draft> drafts;
    synchronized (this) {
      if (!changed && !search) {
        return;
      }
      changed = false;
      if (relisted || search) {
        relisted = false;
        legs.clear();
      }
      drafts = draft();
    }
    tell(drafts);
  }

  /** The watchlist of one source, while it is made. */
  private static final class Draft {
    private final Map<Instrument, Detail> instruments = new HashMap<>();
    private final Set<ChainKey> chains = new HashSet<>();
    private final Set<Instrument> asked = new HashSet<>();
    private final Set<Instrument> legs = new HashSet<>();
  }

  private Map<String, Draft> draft() {
    Map<String, Draft> drafts = new HashMap<>();
    unknown.clear();
    int refused = 0;
    for (Map.Entry<String, Wanted> entry : symbols.entrySet()) {
      InstrumentFinder.Found found = finder.find(entry.getKey());
      if (found == null) {
        unknown.add(entry.getKey());
        continue;
      }
      Draft draft = drafts.computeIfAbsent(found.source(), _ -> new Draft());
      if (draft.instruments.size() < maxInstruments) {
        Detail detail = entry.getValue().books > 0 ? Detail.BOOK : Detail.QUOTE;
        draft.instruments.put(found.instrument(), detail);
      } else {
        refused++;
      }
    }
    draftChains(drafts);
    draftPrices(drafts);
    int watched = drafts.values().stream().mapToInt(draft -> draft.instruments.size()).sum();
    state = new State(watched, unknown.size(), refused);
    return drafts;
  }

  private void draftChains(Map<String, Draft> drafts) {
    legs.keySet().retainAll(chains.keySet());
    for (ChainKey chain : chains.keySet()) {
      InstrumentFinder.Found found = finder.find(chain.underlying());
      if (found == null) {
        unknown.add(chain.underlying());
      } else {
        Draft draft = drafts.computeIfAbsent(found.source(), _ -> new Draft());
        draft.chains.add(chain);
        draft.legs.add(found.instrument());
        draft.legs.addAll(legs.computeIfAbsent(chain, finder::legs));
      }
    }
  }

  private void draftPrices(Map<String, Draft> drafts) {
    for (String key : prices.keySet()) {
      InstrumentFinder.Found found = finder.findKey(key);
      if (found != null) {
        Draft draft = drafts.computeIfAbsent(found.source(), _ -> new Draft());
        if (draft.asked.size() < maxInstruments) {
          draft.asked.add(found.instrument());
        }
      }
    }
  }

  private void tell(Map<String, Draft> drafts) {
    Set<String> names = new HashSet<>(told.keySet());
    names.addAll(drafts.keySet());
    for (String source : names) {
      Draft draft = drafts.get(source);
      Watchlist next =
          draft == null
              ? Watchlist.EMPTY
              : new Watchlist(draft.instruments, draft.chains, draft.asked, draft.legs);
      if (!next.equals(told.put(source, next))) {
        sources.accept(source, next);
      }
    }
  }

  /** The result of the newest plan; may be asked from any thread. */
  public State state() {
    return state;
  }
}
