package dev.tapeline.plant.demand;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.event.ChangedWishes;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.market.indicator.study.IndicatorDemand;
import dev.tapeline.market.indicator.study.IndicatorRequest;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.IndicatorChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The indicators that are wanted of a node's sources, by the channels that are. A channel of
 * indicators by its name asks for them; a pattern asks for the common indicators of each instrument
 * whose channel it matches, as it does not say which others there might be.
 *
 * <p>How many are computed is limited: those beyond are refused, and counted. A refused one is
 * taken once others are released and it is asked for again. Safe for all threads.
 */
public final class IndicatorWishes implements Demand.Listener, IndicatorDemand {

  /** The default limit on specs of instruments that are computed. */
  public static final int DEFAULT_MAX_REQUESTS = 5_000;

  /** The channels of all indicators. */
  private static final Pattern INDICATORS = Pattern.parse(Channels.indicators("*"));

  private final Predicate<String> wanted;
  private final int maxRequests;
  private final Map<String, List<IndicatorRequest>> bySymbol = new ConcurrentHashMap<>();

  /** The instruments that a pattern asks for. */
  private final Set<String> byPattern = ConcurrentHashMap.newKeySet();

  private final ChangedWishes changes = new ChangedWishes();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong invalid = new AtomicLong();

  /** Follows a book from now on, within the default limit. */
  public static IndicatorWishes follow(DemandBook book) {
    IndicatorWishes wishes = new IndicatorWishes(book::isWanted, DEFAULT_MAX_REQUESTS);
    book.listen(wishes);
    return wishes;
  }

  /**
   * @param wanted tells of a channel whether anybody wants it, by its name or a pattern
   */
  public IndicatorWishes(Predicate<String> wanted, int maxRequests) {
    this.wanted = wanted;
    this.maxRequests = maxRequests;
  }

  @Override
  public synchronized void onWanted(List<Selector> selectors) {
    change(selectors, this::add);
  }

  @Override
  public synchronized void onReleased(List<Selector> selectors) {
    change(selectors, this::remove);
  }

  /**
   * @param how changes what is wanted by a channel; false if that changes nothing
   */
  private void change(List<Selector> selectors, Predicate<IndicatorChannel> how) {
    for (Selector selector : selectors) {
      switch (selector) {
        case Channel(String name) ->
            IndicatorChannel.of(name)
                .filter(how)
                .ifPresent(channel -> changes.add(channel.symbol()));
        case Pattern pattern -> {
          if (pattern.overlaps(INDICATORS)) {
            startPatternsOver();
          }
        }
      }
    }
  }

  private void startPatternsOver() {
    requests.addAndGet(-byPattern.size());
    byPattern.clear();
    changes.addAll();
  }

  private boolean add(IndicatorChannel channel) {
    IndicatorRequest request;
    try {
      request = channel.request();
    } catch (IllegalArgumentException _) {
      invalid.incrementAndGet();
      return false;
    }
    List<IndicatorRequest> before = bySymbol.getOrDefault(channel.symbol(), List.of());
    if (before.contains(request) || !take()) {
      return false;
    }
    List<IndicatorRequest> after = new ArrayList<>(before);
    after.add(request);
    bySymbol.put(channel.symbol(), List.copyOf(after));
    return true;
  }

  private boolean take() {
    if (requests.get() >= maxRequests) {
      refused.incrementAndGet();
      return false;
    }
    requests.incrementAndGet();
    return true;
  }

  private boolean remove(IndicatorChannel channel) {
    if (channel.name().equals(IndicatorRequest.COMMON_NAME) && byPattern.remove(channel.symbol())) {
      requests.decrementAndGet(); // a pattern that still asks for it takes it again
      return true;
    }
    List<IndicatorRequest> before = bySymbol.getOrDefault(channel.symbol(), List.of());
    List<IndicatorRequest> after =
        before.stream().filter(it -> !it.name().equals(channel.name())).toList();
    if (after.size() == before.size()) {
      return false;
    }
    requests.decrementAndGet();
    if (after.isEmpty()) {
      bySymbol.remove(channel.symbol());
    } else {
      bySymbol.put(channel.symbol(), after);
    }
    return true;
  }

  @Override
  public WishNews news() {
    return changes.news();
  }

  @Override
  public List<IndicatorRequest> requests(String symbol) {
    List<IndicatorRequest> named = bySymbol.getOrDefault(symbol, List.of());
    if (named.contains(IndicatorRequest.COMMON) || !admit(symbol)) {
      return named;
    }
    List<IndicatorRequest> all = new ArrayList<>(named);
    all.add(IndicatorRequest.COMMON);
    return List.copyOf(all);
  }

  /** The frames whose bars are needed for what is wanted of an instrument. */
  public Set<Frame> frames(String symbol) {
    Set<Frame> frames = new LinkedHashSet<>();
    requests(symbol).forEach(request -> frames.add(request.frame()));
    return frames;
  }

  private boolean admit(String symbol) {
    return wanted.test(Channels.indicators(symbol)) && grant(symbol);
  }

  private synchronized boolean grant(String symbol) {
    return byPattern.contains(symbol) || (take() && byPattern.add(symbol));
  }

  /** The number of specs of instruments that are computed, or would be if their bars came. */
  public long size() {
    return requests.get();
  }

  /** How often indicators were not computed because there were too many. */
  public long refused() {
    return refused.get();
  }

  /** How often a channel was wanted whose name is none of indicators that there are. */
  public long invalid() {
    return invalid.get();
  }
}
