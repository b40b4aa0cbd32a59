package dev.tapeline.plant.watch;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Selector;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.channels.ChannelSubject;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Plans what each source is to watch: the instruments and the option chains whose channels are
 * wanted. A pattern wants what others have named, and nothing by itself: {@code market:tick:*} does
 * not make a source watch all that its vendor has.
 *
 * <p>Told of changes by any thread: of what is wanted, and of the instruments that are known.
 * {@link #plan} is called by one thread, every now and then, and looks at what has changed alone.
 */
public final class WatchPlanner implements Demand.Listener, Instruments.Listener {

  /** How many plans pass before what nobody knew is looked up again. */
  private static final int PLANS_BETWEEN_SEARCHES = 25;

  private final BiConsumer<String, Watchlist> sources;

  // guarded by this
  private final Tally<String> symbols = new Tally<>();
  private final Tally<ChainKey> chains = new Tally<>();
  private final Tally<String> prices = new Tally<>();

  // owned by the thread that plans
  private final WatchPlan plan;
  private int plans;

  private volatile State state = new State(0, 0, 0);

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
   * @param maxInstruments how many instruments a source watches at most; later ones wait for room
   */
  public WatchPlanner(
      InstrumentFinder finder, BiConsumer<String, Watchlist> sources, int maxInstruments) {
    this.sources = sources;
    this.plan = new WatchPlan(finder, maxInstruments);
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
      case ChannelSubject.OfInstrument(String symbol, boolean book) ->
          symbols.add(symbol, more, book);
      case ChannelSubject.OfChain(String underlying, var expiry) -> {
        ChainKey key = ChainKey.of(underlying, expiry);
        if (key != null) {
          chains.add(key, more, false);
        }
      }
      case ChannelSubject.OfPrice(String key) -> prices.add(key, more, false);
      case ChannelSubject.OfVolatility _,
          ChannelSubject.Other _ -> {} // IndexHolder wants its chains
    }
  }

  /** Has what is wanted of an instrument planned again, as it is another one or a new one. */
  @Override
  public synchronized void onChanged(Instrument instrument) {
    symbols.renew(instrument.symbol());
    prices.renew(instrument.key());
    chains.renewIf(chain -> concerns(chain, instrument));
  }

  private static boolean concerns(ChainKey chain, Instrument instrument) {
    return chain.underlying().equals(instrument.symbol())
        || (instrument instanceof Instrument.Option option
            && option.underlying().equals(chain.underlying())
            && option.expiry().equals(chain.expiry()));
  }

  /** Has all that is wanted planned again, as a list of instruments has come. */
  @Override
  public synchronized void onListed() {
    symbols.renewIf(_ -> true);
    chains.renewIf(_ -> true);
    prices.renewIf(_ -> true);
  }

  /** Tells each source whose watchlist has changed its new one. */
  public void plan() {
    plans++;
    WatchChanges changes;
    synchronized (this) {
      if (plans % PLANS_BETWEEN_SEARCHES == 0) {
        plan.unknownSymbols().forEach(symbols::renew);
        plan.unknownChains().forEach(chains::renew);
        plan.unknownPrices().forEach(prices::renew);
      }
      changes = new WatchChanges(symbols.takeChanges(), chains.takeChanges(), prices.takeChanges());
    }
    if (!changes.isEmpty()) {
      apply(changes);
    }
  }

  /** A failure leaves what is watched as it is; the next plan looks at everything again. */
  private void apply(WatchChanges changes) {
    try {
      plan.apply(changes);
      plan.tell(sources);
      state = plan.state();
    } catch (RuntimeException e) {
      onListed();
      throw e;
    }
  }

  /** The result of the newest plan; may be asked from any thread. */
  public State state() {
    return state;
  }
}
