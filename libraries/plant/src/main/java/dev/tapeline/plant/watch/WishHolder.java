package dev.tapeline.plant.watch;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Selector;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.demand.DemandBook;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Keeps the channels of the {@link Wishes} and of the settings wanted on a node that runs sources.
 * Keys whose instrument is not known yet are looked up again by {@link #retry}. Safe for all
 * threads.
 */
public final class WishHolder {

  private final DemandBook book;
  private final InstrumentFinder finder;
  private final Pinned pinned;
  private final Map<Selector, DemandBook.Reservation> held = new HashMap<>();
  private final Set<String> unknownKeys = new HashSet<>();
  private Wishes wishes = Wishes.NONE;

  /**
   * @param pinned what the settings name
   */
  public WishHolder(DemandBook book, InstrumentFinder finder, Pinned pinned) {
    this.book = book;
    this.finder = finder;
    this.pinned = pinned;
  }

  /** Holds what is wished now, and lets go what no longer is. */
  public synchronized void hold(Wishes next) {
    wishes = next;
    unknownKeys.clear();
    Set<Selector> wanted = new HashSet<>();
    Stream.concat(
            pinned.instruments().stream(),
            next.screeners().values().stream()
                .flatMap(one -> Stream.concat(one.symbols().stream(), one.keys().stream())))
        .forEach(name -> add(name, Channels::tick, wanted));
    pinned.books().forEach(name -> add(name, Channels::depth, wanted));
    next.chains()
        .keySet()
        .forEach(chain ->
            wanted.add(
                new Channel(Channels.optionChain(chain.underlying(), chain.expiry().toString()))));
    replace(wanted);
  }

  /** Adds the channel of an instrument, if that is known. */
  private void add(String name, UnaryOperator<String> channel, Set<Selector> wanted) {
    if (name.indexOf(':') < 0) {
      wanted.add(new Channel(channel.apply(name)));
      return;
    }
    InstrumentFinder.Found found = finder.findKey(name);
    if (found == null) {
      unknownKeys.add(name);
    } else {
      wanted.add(new Channel(channel.apply(found.instrument().symbol())));
    }
  }

  private void replace(Set<Selector> wanted) {
    for (Selector selector : wanted) {
      held.computeIfAbsent(selector, book::hold);
    }
    held.entrySet()
        .removeIf(entry -> {
          boolean over = !wanted.contains(entry.getKey());
          if (over) {
            entry.getValue().close();
          }
          return over;
        });
  }

  /** Looks up again the keys whose instruments were not known. */
  public synchronized void retry() {
    if (!unknownKeys.isEmpty()) {
      hold(wishes);
    }
  }

  /** The keys whose instruments are not known. */
  public synchronized Set<String> unknownKeys() {
    return Set.copyOf(unknownKeys);
  }
}
