package dev.tapeline.redis.demand;

import dev.tapeline.core.DemandTally;
import dev.tapeline.core.Selector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the wishes of other nodes: reads the registers repeatedly, and then the changes. A node
 * counts as dead once it has been silent for {@link dev.tapeline.core.Demand#EXPIRY}. Only time
 * between two looks while its register could be written counts: while Redis is away or takes no
 * writes, no node dies.
 *
 * <p>Owned by the thread of the demand.
 */
final class DemandFollower {

  /** The number of looks between two measurements of silence. */
  private static final int PROBE = 5;

  /** The most nodes whose wishes are read as a whole at the same time. */
  private static final int MOST_WHOLE = 4;

  private static final long MAX_STEP_MILLIS = 2_000;
  private static final Logger log = LoggerFactory.getLogger(DemandFollower.class);

  private final String self;
  private final DemandTally tally;
  private final DemandCalls calls;
  private final DemandPace pace;
  private final Executor thread;
  private final Map<String, FollowedNode> nodes = new HashMap<>();
  private final long[] probedNanos = new long[DemandKeys.GROUPS];
  private int looks;
  private int whole;
  private boolean looking;

  DemandFollower(
      String self, DemandTally tally, DemandCalls calls, DemandPace pace, Executor thread) {
    this.self = self;
    this.tally = tally;
    this.calls = calls;
    this.pace = pace;
    this.thread = thread;
  }

  /** Reads all registers, unless that is under way. */
  void look() {
    if (looking) {
      return;
    }
    looking = true;
    boolean probing = looks++ % PROBE == 0;
    List<CompletableFuture<List<RegisterEntry>>> groups = calls.look(probing);
    var _ =
        CompletableFuture.allOf(groups.toArray(CompletableFuture[]::new))
            .whenCompleteAsync((_, _) -> saw(groups, probing), thread);
  }

  private void saw(List<CompletableFuture<List<RegisterEntry>>> groups, boolean probing) {
    looking = false;
    for (int group = 0; group < groups.size(); group++) {
      if (!groups.get(group).isCompletedExceptionally()) {
        saw(group, groups.get(group).join(), probing);
      } else {
        probedNanos[group] = 0;
      }
    }
  }

  private void saw(int group, List<RegisterEntry> entries, boolean probing) {
    Map<String, RegisterEntry> present =
        entries.stream()
            .filter(entry -> !entry.node().equals(self))
            .collect(Collectors.toMap(RegisterEntry::node, entry -> entry));
    long step = probing ? stepOf(group) : 0;
    present.values().forEach(entry -> saw(entry, step));
    for (FollowedNode node : List.copyOf(nodes.values())) {
      if (DemandKeys.groupOf(node.name()) == group && !present.containsKey(node.name())) {
        miss(node, step);
      }
    }
  }

  /** The silence that this look adds: the time since the last look, unless that one failed. */
  private long stepOf(int group) {
    long now = System.nanoTime();
    long before = probedNanos[group];
    probedNanos[group] = now;
    return before == 0 ? 0 : Math.min(MAX_STEP_MILLIS, TimeUnit.NANOSECONDS.toMillis(now - before));
  }

  private void saw(RegisterEntry entry, long step) {
    if (entry.hasLeft()) {
      if (nodes.remove(entry.node()) != null) {
        tally.removeNode(entry.node());
      }
      return;
    }
    FollowedNode node = nodes.computeIfAbsent(entry.node(), name -> new FollowedNode(name, pace));
    if (!node.see(entry)) {
      age(node, step);
    }
    if (node.isBehind(entry)) {
      catchUp(node, entry);
    }
  }

  /**
   * Handles a node that is not in its register: it has died, or is about to send all wishes again.
   */
  private void miss(FollowedNode node, long step) {
    age(node, step);
    if (node.isDead()) {
      nodes.remove(node.name());
    }
  }

  private void age(FollowedNode node, long step) {
    if (node.silentFor(step)) {
      log.info("{} has been silent for too long: its demand ends", node.name());
      node.forget();
      tally.removeNode(node.name());
    }
  }

  private void catchUp(FollowedNode node, RegisterEntry entry) {
    if (!node.isStale(entry)) {
      node.begin();
      var _ =
          calls
              .changes(node.name(), node.seq())
              .whenCompleteAsync((changes, error) -> finishChanges(node, changes, error), thread);
    } else if (whole < MOST_WHOLE) {
      whole++;
      node.begin();
      Set<Selector> all = new HashSet<>();
      var _ =
          readFrom(0, node, all)
              .thenCompose(_ -> calls.changes(node.name(), entry.seq()))
              .whenCompleteAsync(
                  (changes, error) -> finishWhole(node, all, changes, error), thread);
    }
  }

  /** Reads one bucket after the other. */
  private CompletionStage<Void> readFrom(int bucket, FollowedNode node, Set<Selector> all) {
    return bucket == DemandKeys.BUCKETS
        ? CompletableFuture.completedFuture(null)
        : calls
            .bucket(node.name(), bucket)
            .thenComposeAsync(
                texts -> {
                  texts.forEach(text -> addTo(all, text));
                  return readFrom(bucket + 1, node, all);
                },
                thread);
  }

  private static void addTo(Set<Selector> all, String text) {
    Selector selector = WishChange.selector(text);
    if (selector != null) {
      all.add(selector);
    }
  }

  /**
   * Accepts a whole reading if each change made meanwhile is known, because these make it exact.
   */
  private void finishWhole(
      FollowedNode node,
      Set<Selector> all,
      DemandCalls.@Nullable Changes changes,
      @Nullable Throwable error) {
    whole--;
    if (error != null || changes == null || !isFollowed(node)) {
      node.giveUp();
      return;
    }
    for (WishChange change : changes.changes()) {
      boolean _ = change.wanted() ? all.add(change.selector()) : all.remove(change.selector());
    }
    tally.replace(node.name(), all);
    node.finish(changes.seq());
  }

  /** Accepts changes if all changes before them are still known. */
  private void finishChanges(
      FollowedNode node, DemandCalls.@Nullable Changes changes, @Nullable Throwable error) {
    if (changes != null && isFollowed(node) && !node.isForgotten()) {
      change(node, changes);
      node.finish(changes.seq());
      return;
    }
    node.giveUp();
    if (error == null) {
      node.forget();
    }
  }

  private void change(FollowedNode node, DemandCalls.Changes changes) {
    Map<Selector, Boolean> last = new LinkedHashMap<>();
    changes.changes().forEach(change -> last.put(change.selector(), change.wanted()));
    List<Selector> _ = tally.remove(node.name(), those(last, false));
    List<Selector> _ = tally.add(node.name(), those(last, true));
  }

  private static List<Selector> those(Map<Selector, Boolean> last, boolean wanted) {
    return last.keySet().stream().filter(it -> wanted == last.getOrDefault(it, !wanted)).toList();
  }

  private boolean isFollowed(FollowedNode node) {
    return nodes.get(node.name()) == node && !node.isDead();
  }
}
