package dev.tapeline.plant.watch;

import dev.tapeline.core.Cache;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.plant.channels.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link Wishes} in a file and shares them with the other nodes through the cache, and
 * with other processes that have the same file through that: each change is written to both, and
 * {@link #look} takes over a newer version of the file, and {@link #exchange}, called about every
 * second, takes over a newer version of another node, and brings back to the cache what that has
 * lost. Of two changes at the same time on two nodes the later one counts. Safe for all threads.
 */
public final class WishStore {

  private static final Duration TTL = Duration.ofDays(30);
  private static final Logger log = LoggerFactory.getLogger(WishStore.class);

  private final SharedFile file;
  private final Cache cache;
  private final InstantSource clock;
  private final List<Consumer<Wishes>> listeners = new CopyOnWriteArrayList<>();
  private Wishes wishes;

  /**
   * The wishes as the file has them; none if there is no file.
   *
   * @param file is made with its folder when there is something to keep
   */
  public WishStore(Path file, Cache cache, InstantSource clock) {
    this.file = new SharedFile(file);
    this.cache = cache;
    this.clock = clock;
    this.wishes = read(this.file);
  }

  private static Wishes read(SharedFile file) {
    try {
      String text = file.read();
      return text == null ? Wishes.NONE : WishesJson.read(text);
    } catch (IOException | IllegalArgumentException e) {
      log.warn("{} can't be read, and is put aside: {}", file.path(), e.getMessage());
      file.putAside();
      return Wishes.NONE;
    }
  }

  /** Takes over what another process has written to the file; called about every second. */
  public synchronized void look() {
    if (file.hasChanged()) {
      Wishes theirs = read(file);
      if (theirs.version() > wishes.version()) {
        become(theirs);
      }
    }
  }

  public synchronized Wishes wishes() {
    return wishes;
  }

  /** Tells a listener the wishes now, and from here on each change, under the lock. */
  public synchronized void listen(Consumer<Wishes> listener) {
    listeners.add(listener);
    listener.accept(wishes);
  }

  /** Adds a screener, or puts it in the place of the one of its name. */
  public void put(Screener screener) {
    change(now -> now.with(screener));
  }

  /** Removes a screener; returns whether there was one. */
  public synchronized boolean removeScreener(String name) {
    look();
    boolean known = wishes.screeners().containsKey(name);
    if (known) {
      change(now -> now.withoutScreener(name));
    }
    return known;
  }

  /** Begins to poll an option chain, or changes its interval. */
  public void poll(ChainKey chain, long intervalMillis) {
    change(now -> now.with(chain, intervalMillis));
  }

  /** Ends the polling that was begun; returns whether there was one. */
  public synchronized boolean endPolling(ChainKey chain) {
    look();
    boolean known = wishes.chains().containsKey(chain);
    if (known) {
      change(now -> now.without(chain));
    }
    return known;
  }

  /**
   * @throws IllegalArgumentException if there would be too many
   */
  private synchronized void change(UnaryOperator<Wishes> how) {
    file.alone(() -> {
      look();
      long version = Math.max(wishes.version() + 1, clock.millis());
      become(how.apply(wishes).ofVersion(version));
      save();
    });
    share();
  }

  private void become(Wishes next) {
    wishes = next;
    listeners.forEach(listener -> listener.accept(next));
  }

  private void save() {
    try {
      file.write(WishesJson.write(wishes));
    } catch (IOException e) {
      log.warn("{} can't be written; it is lost with this process: {}", file.path(), e.toString());
    }
  }

  private void share() {
    var _ =
        cache
            .write(List.of(new Cache.Write.Put(Keys.wishes(), WishesJson.write(wishes), TTL)))
            .exceptionally(failure -> {
              log.debug("not shared yet", failure);
              return null;
            });
  }

  /** Takes over what another node has changed, or shares what the cache has lost. */
  public void exchange() {
    var _ =
        cache
            .getAll(List.of(Keys.wishes()))
            .thenAccept(this::compare)
            .exceptionally(failure -> {
              log.debug("the wishes of other nodes are not known", failure);
              return null;
            });
  }

  private synchronized void compare(Map<String, String> found) {
    long shared = 0;
    String text = found.get(Keys.wishes());
    if (text != null) {
      try {
        Wishes theirs = WishesJson.read(text);
        shared = theirs.version();
        if (shared > wishes.version()) {
          become(theirs);
          file.alone(this::save);
        }
      } catch (IllegalArgumentException e) {
        log.warn("the key {} has no wishes of Tapeline: {}", Keys.wishes(), e.getMessage());
      }
    }
    if (wishes.version() > shared) {
      share();
    }
  }
}
