package dev.tapeline.plant.watch;

import dev.tapeline.core.Cache;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.plant.channels.Keys;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the nodes which option chains each source polls: the node that runs a source writes its
 * chains into the cache, about each second, and all nodes read them there. Safe for all threads.
 */
public final class PolledChains {

  private static final Duration TTL = Duration.ofSeconds(10);
  private static final long PATIENCE_MILLIS = 2_000;
  private static final Logger log = LoggerFactory.getLogger(PolledChains.class);

  private final Cache cache;
  private final Supplier<Map<String, List<PolledChain>>> own;
  private final Supplier<Wishes> wishes;

  /** The sources whose last list in the cache had chains. */
  private final Set<String> told = new HashSet<>();

  /**
   * @param own the chains of the sources that this node runs now, by the name of the source
   * @param wishes say which interval was asked for
   */
  public PolledChains(
      Cache cache, Supplier<Map<String, List<PolledChain>>> own, Supplier<Wishes> wishes) {
    this.cache = cache;
    this.own = own;
    this.wishes = wishes;
  }

  /** Writes what this node polls; when that has become nothing, once more. */
  public synchronized void share() {
    List<Cache.Write> writes = new ArrayList<>();
    own.get()
        .forEach((source, chains) -> {
          boolean had = chains.isEmpty() ? told.remove(source) : told.add(source);
          if (had || !chains.isEmpty()) {
            writes.add(
                new Cache.Write.Put(Keys.polling(source), PolledChainsJson.write(chains), TTL));
          }
        });
    if (!writes.isEmpty()) {
      var _ =
          cache
              .write(writes)
              .exceptionally(failure -> {
                log.debug("what is polled is not shared", failure);
                return null;
              });
    }
  }

  /**
   * The chains that sources poll, those of this node first, with the intervals that were asked for.
   * It waits for the cache for two seconds at most; without it, only this node's are known.
   *
   * @param sources the names of all sources that are known
   */
  public List<PolledChain> all(Collection<String> sources) {
    Map<String, List<PolledChain>> mine = own.get();
    List<String> others = sources.stream().filter(name -> !mine.containsKey(name)).toList();
    Map<ChainKey, Long> asked = wishes.get().chains();
    return Stream.concat(mine.values().stream(), read(others).stream())
        .flatMap(List::stream)
        .map(chain -> chain.ofInterval(asked.getOrDefault(key(chain), 0L)))
        .toList();
  }

  private List<List<PolledChain>> read(List<String> sources) {
    if (sources.isEmpty()) {
      return List.of();
    }
    List<String> keys = sources.stream().distinct().sorted().map(Keys::polling).toList();
    Map<String, String> found =
        cache
            .getAll(keys)
            .thenApply(all -> all)
            .toCompletableFuture()
            .completeOnTimeout(Map.of(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
            .exceptionally(failure -> {
              log.debug("what other nodes poll is not known", failure);
              return Map.of();
            })
            .join();
    return keys.stream()
        .filter(found::containsKey)
        .map(key -> PolledChainsJson.read(found.getOrDefault(key, "")))
        .toList();
  }

  private static ChainKey key(PolledChain chain) {
    return new ChainKey(chain.symbol(), LocalDate.parse(chain.expiry()));
  }

  /** Whether a chain, as another node has written it, is one. */
  static boolean isUsable(PolledChain chain) {
    try {
      key(chain);
      return true;
    } catch (IllegalArgumentException | DateTimeException _) {
      return false;
    }
  }
}
