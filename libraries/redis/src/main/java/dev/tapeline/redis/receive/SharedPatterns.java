package dev.tapeline.redis.receive;

import dev.tapeline.core.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the patterns that are subscribed at Redis: all that is wanted comes, and Redis, which
 * tries each pattern on each message, gets few of them. Guarded by the lock of {@link
 * BusSubscriptions}.
 *
 * <ul>
 *   <li>A pattern that another one at Redis covers is served by that one.
 *   <li>A pattern with more than three stars is slow to match. Redis gets its text up to the third
 *       star.
 *   <li>More than {@link #MOST} patterns are merged: at least {@link #MERGED} with the longest
 *       common prefix become one, of which only the prefix is subscribed. When {@link #FEW} of them
 *       are left, each is subscribed by itself again. The two limits keep the choice from changing
 *       back and forth. Messages that nobody wants come only where many patterns leave no choice.
 * </ul>
 */
final class SharedPatterns {

  static final int MOST = 64;
  static final int MERGED = 16;
  static final int FEW = 4;
  private static final int STARS = 3;

  private final Map<Pattern, SharedPattern> onRedis = new LinkedHashMap<>();
  private final Map<BusSubscription, SharedPattern> bySubscription = new HashMap<>();
  private boolean merging = true;

  /**
   * The changes to make at Redis.
   *
   * @param begun to be subscribed
   * @param ended to be unsubscribed, behind that
   */
  record Change(List<SharedPattern> begun, List<SharedPattern> ended) {

    Change() {
      this(new ArrayList<>(1), new ArrayList<>(1));
    }
  }

  /** All patterns that Redis is to have. */
  List<SharedPattern> all() {
    return List.copyOf(onRedis.values());
  }

  /** The pattern that serves a subscription; null if the subscription has ended. */
  @Nullable SharedPattern of(BusSubscription subscription) {
    return bySubscription.get(subscription);
  }

  void add(BusSubscription subscription, Change change) {
    place(subscription, change);
    mergeIfMany(change);
  }

  private void place(BusSubscription subscription, Change change) {
    Pattern pattern = (Pattern) subscription.selector();
    SharedPattern known = covering(pattern);
    serve(subscription, known == null ? begin(own(pattern), change) : known);
  }

  /**
   * Begins a pattern. A pattern must not begin and end in one change, because Redis would end it.
   */
  private SharedPattern begin(Pattern pattern, Change change) {
    for (SharedPattern ended : change.ended()) {
      if (ended.pattern().equals(pattern)) {
        change.ended().remove(ended);
        onRedis.put(pattern, ended);
        return ended;
      }
    }
    SharedPattern begun = new SharedPattern(pattern);
    onRedis.put(pattern, begun);
    change.begun().add(begun);
    return begun;
  }

  private void serve(BusSubscription subscription, SharedPattern shared) {
    shared.serve(subscription);
    bySubscription.put(subscription, shared);
  }

  private @Nullable SharedPattern covering(Pattern pattern) {
    for (SharedPattern shared : onRedis.values()) {
      if (!shared.isRefused() && shared.pattern().covers(pattern)) {
        return shared;
      }
    }
    return null;
  }

  /** The pattern, or the part of it that Redis gets. */
  static Pattern own(Pattern pattern) {
    int end = -1;
    for (int stars = 0; stars < STARS; stars++) {
      end = pattern.text().indexOf('*', end + 1);
      if (end < 0) {
        return pattern;
      }
    }
    return Pattern.parse(pattern.text().substring(0, end + 1));
  }

  private void mergeIfMany(Change change) {
    while (merging && onRedis.size() > MOST) {
      merge(change);
    }
  }

  private void merge(Change change) {
    List<SharedPattern> sorted =
        onRedis.values().stream().sorted(Comparator.comparing(SharedPatterns::prefix)).toList();
    Pattern common = Pattern.parse(longestCommonPrefix(sorted) + "*");
    SharedPattern there = covering(common);
    SharedPattern merged = there == null ? begin(common, change) : there;
    merged.merge();
    for (SharedPattern shared : sorted) {
      if (shared != merged && common.covers(shared.pattern())) {
        List.copyOf(shared.served()).forEach(subscription -> move(subscription, shared, merged));
        onRedis.remove(shared.pattern());
        merged.replaced().addAll(takeAsked(shared, change));
      }
    }
    if (merged.isConfirmed()) {
      change.ended().addAll(merged.replaced());
      merged.replaced().clear();
    }
  }

  private void move(BusSubscription subscription, SharedPattern from, SharedPattern to) {
    from.leave(subscription);
    serve(subscription, to);
  }

  /** The longest prefix that enough neighbours in the order have in common. */
  private static String longestCommonPrefix(List<SharedPattern> sorted) {
    String longest = "";
    for (int i = 0; i + MERGED <= sorted.size(); i++) {
      String common = common(prefix(sorted.get(i)), prefix(sorted.get(i + MERGED - 1)));
      longest = common.length() > longest.length() ? common : longest;
    }
    return longest;
  }

  private static String prefix(SharedPattern shared) {
    String text = shared.pattern().text();
    return text.substring(0, text.indexOf('*'));
  }

  private static String common(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return one.substring(0, length);
  }

  /** The pattern and those that it was to replace, as far as Redis was asked for them. */
  private static List<SharedPattern> takeAsked(SharedPattern shared, Change change) {
    List<SharedPattern> asked = new ArrayList<>(shared.replaced());
    shared.replaced().clear();
    if (!change.begun().remove(shared)) {
      asked.add(shared);
    }
    return asked;
  }

  void remove(BusSubscription subscription, Change change) {
    SharedPattern shared = bySubscription.remove(subscription);
    if (shared != null) {
      shared.leave(subscription);
      boolean many = shared.isMerged() && shared.served().size() > FEW;
      if (!many && !shared.hasOwner()) {
        end(shared, change);
      }
    }
  }

  /** Ends a pattern; each subscription that it served gets another one. */
  private void end(SharedPattern shared, Change change) {
    onRedis.remove(shared.pattern());
    change.ended().addAll(takeAsked(shared, change));
    shared.others().forEach(left -> move(left, shared, change));
    mergeIfMany(change);
  }

  /** Redis has confirmed the pattern: the patterns that it replaces end. */
  Change onConfirmed(SharedPattern shared) {
    Change change = new Change();
    shared.confirm();
    change.ended().addAll(shared.replaced());
    shared.replaced().clear();
    return change;
  }

  /**
   * Redis has refused the pattern, as for a user who may subscribe to single patterns only. Its
   * other subscriptions return to the patterns that it was to replace, or to their own. If it was a
   * merged one, no patterns are merged any more.
   */
  Change onRefused(SharedPattern shared) {
    Change change = new Change();
    shared.refuse();
    if (onRedis.get(shared.pattern()) == shared) {
      merging &= !shared.isMerged();
      if (!shared.hasOwner()) {
        onRedis.remove(shared.pattern());
      }
      shared.replaced().forEach(each -> onRedis.putIfAbsent(each.pattern(), each));
      shared.replaced().clear();
      shared.others().forEach(left -> move(left, shared, change));
    }
    return change;
  }

  private void move(BusSubscription subscription, SharedPattern from, Change change) {
    from.leave(subscription);
    place(subscription, change);
  }

  /** Forgets the state of Redis, because the connection is gone. */
  void reset() {
    for (SharedPattern shared : onRedis.values()) {
      shared.reset();
    }
  }
}
