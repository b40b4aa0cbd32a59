package dev.tapeline.plant.wire;

import dev.tapeline.core.Cache;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code option-chain:{SYMBOL}:{EXPIRY}} and {@code chain:{SYMBOL}:{EXPIRY}}: an option chain with
 * its rows as a list, and by strike. Both have the same numbers; each is published if it is wanted.
 * {@code docs/option-chains.md} describes the payload, which {@link ChainForm} writes.
 *
 * <p>The cache gets the newest state of a chain, at most once a second of the market's time, and
 * the last three snapshots, all as the list. The listener of snapshots gets the same bytes.
 */
final class ChainFamily implements ChannelFamily {

  /** Three times what passes until a chain that stands still is told again. */
  private static final Duration CURRENT_TTL = Duration.ofSeconds(90);

  private static final Duration SNAPSHOT_TTL = Duration.ofHours(24);
  private static final long CACHE_MILLIS = 1_000;
  private static final int SNAPSHOTS = 3;

  /** How many chains' snapshots are held here, to be moved on to the next key. */
  private static final int MAX_CHAINS = 128;

  private final ChainForm form;
  private final Predicate<String> wanted;
  private final ChainSnapshots snapshots;
  private final LinkedHashMap<ChainKey, Outlet> outlets = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param wanted tells of a channel whether anybody wants it
   * @param snapshots hears of each snapshot that is kept
   */
  ChainFamily(PayloadWriter writer, Predicate<String> wanted, ChainSnapshots snapshots) {
    this.form = new ChainForm(writer);
    this.wanted = wanted;
    this.snapshots = snapshots;
  }

  /** The names of one chain, and what the cache has of it. */
  private static final class Outlet {
    private final String list;
    private final String rows;
    private final String state;
    private final String current;
    private final String[] keys = new String[SNAPSHOTS];
    private final @Nullable String[] kept = new @Nullable String[SNAPSHOTS];
    private long cachedAt = Long.MIN_VALUE / 2;

    private Outlet(ChainKey chain) {
      String expiry = chain.expiry().toString();
      list = Channels.optionChain(chain.underlying(), expiry);
      rows = Channels.chainRows(chain.underlying(), expiry);
      state = Channels.chainStateWish(chain.underlying(), expiry);
      current = Keys.optionChain(chain.underlying(), expiry);
      for (int i = 0; i < SNAPSHOTS; i++) {
        keys[i] = Keys.optionChain(chain.underlying(), expiry, i);
      }
    }

    private void keep(String snapshot, Batch out) {
      System.arraycopy(kept, 0, kept, 1, SNAPSHOTS - 1);
      kept[0] = snapshot;
      for (int i = SNAPSHOTS - 1; i >= 0; i--) {
        String value = kept[i];
        if (value != null) {
          out.write(new Cache.Write.Put(keys[i], value, SNAPSHOT_TTL));
        }
      }
    }
  }

  @Override
  public void onEvent(MarketEvent event, InstrumentChannels channels, Batch out) {
    if (event instanceof MarketEvent.ChainChanged changed) {
      publish(changed, out);
    }
  }

  private void publish(MarketEvent.ChainChanged changed, Batch out) {
    OptionChain chain = changed.chain();
    Outlet outlet = outlet(chain.key());
    boolean isListWanted = wanted.test(outlet.list);
    boolean areRowsWanted = wanted.test(outlet.rows);
    if (!isListWanted && !areRowsWanted && !wanted.test(outlet.state)) {
      return; // it was computed for an index
    }
    form.read(chain);
    boolean isCached = chain.time() - outlet.cachedAt >= CACHE_MILLIS;
    if (isListWanted || isCached || changed.isSnapshot()) {
      byte[] list = form.list();
      if (isListWanted) {
        out.publish(outlet.list, list, changed.times());
      }
      cache(changed, isCached, list, out);
    }
    if (areRowsWanted) {
      out.publish(outlet.rows, form.rows(), changed.times());
    }
  }

  private void cache(MarketEvent.ChainChanged changed, boolean isDue, byte[] list, Batch out) {
    if (!isDue && !changed.isSnapshot()) {
      return;
    }
    Outlet outlet = outlet(changed.chain().key());
    String text = new String(list, StandardCharsets.US_ASCII);
    if (isDue) {
      outlet.cachedAt = changed.chain().time();
      out.write(new Cache.Write.Put(outlet.current, text, CURRENT_TTL));
    }
    if (changed.isSnapshot()) {
      outlet.keep(text, out);
      snapshots.onSnapshot(changed.chain().key(), changed.chain().time(), list);
    }
  }

  private Outlet outlet(ChainKey key) {
    Outlet known = outlets.get(key);
    if (known != null) {
      return known;
    }
    Outlet made = new Outlet(key);
    outlets.put(key, made);
    if (outlets.size() > MAX_CHAINS) {
      outlets.pollFirstEntry();
    }
    return made;
  }

  /** Forgets all chains, as those of a new market follow. */
  void startOver() {
    outlets.clear();
  }
}
