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
 * Which patterns Redis is asked for, so that all that is wanted comes and few are on Redis, which
 * tries each of them on each message. Guarded by the lock of the subscriptions.
 *
 * <ul>
 *   <li>A pattern that one on Redis covers already is served by that.
 *   <li>Of a pattern with more than three stars, which is slow to match, Redis is asked for the
 *       text up to the third.
 *   <li>When more than {@link #MOST} would be on Redis, those that begin alike are merged to what
 *       they begin with: at least {@link #MERGED} of them, the longest beginning in common. When
 *       {@link #FEW} are left of these, each is asked for itself again. So nothing changes back and
 *       forth, and what nobody wants comes only where many patterns leave no choice.
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
   * What is to be asked of Redis.
   *
   * @param begun to be subscribed
   * @param ended to be unsubscribed, behind that
   */
  record Change(List<SharedPattern> begun, List<SharedPattern> ended) {

    Change() {
      this(new ArrayList<>(1), new ArrayList<>(1));
    }
  }

  /** All that Redis is to have. */
  List<SharedPattern> all() {
    return List.copyOf(onRedis.values());
  }

  /** What serves a subscription; null if it is wanted no more. */
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

  /** The same pattern is never begun and ended together: Redis would end it. */
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

  /** The pattern, or as much of it as Redis is asked for. */
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

  /** The longest text that some that stand behind each other begin with. */
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

  /** The shared and those it was to replace, as far as Redis was asked for them. */
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

  /** Has each that it served asked for itself. */
  private void end(SharedPattern shared, Change change) {
    onRedis.remove(shared.pattern());
    change.ended().addAll(takeAsked(shared, change));
    shared.others().forEach(left -> move(left, shared, change));
    mergeIfMany(change);
  }

  /** Redis has it: what it took the place of ends. */
  Change onConfirmed(SharedPattern shared) {
    Change change = new Change();
    shared.confirm();
    change.ended().addAll(shared.replaced());
    shared.replaced().clear();
    return change;
  }

  /**
   * Redis refuses it, as where a user may have single patterns only: others that it was to serve
   * are served by what it was to replace, or by their own; where this was merged, none are any
   * more.
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

  /** The connection is gone, and with it all that Redis had of them. */
  void reset() {
    for (SharedPattern shared : onRedis.values()) {
      shared.reset();
    }
  }
}
