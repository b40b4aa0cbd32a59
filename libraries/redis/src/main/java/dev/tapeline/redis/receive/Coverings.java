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
 * tries each of them on each message. Guarded by the lock of the interests.
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
final class Coverings {

  static final int MOST = 64;
  static final int MERGED = 16;
  static final int FEW = 4;
  private static final int STARS = 3;

  private final Map<Pattern, Cover> onRedis = new LinkedHashMap<>();
  private final Map<Interest, Cover> covers = new HashMap<>();
  private boolean merging = true;

  /**
   * What is to be asked of Redis.
   *
   * @param begun to be subscribed
   * @param ended to be unsubscribed, behind that
   */
  record Change(List<Cover> begun, List<Cover> ended) {

    Change() {
      this(new ArrayList<>(1), new ArrayList<>(1));
    }
  }

  /** All that Redis is to have. */
  List<Cover> all() {
    return List.copyOf(onRedis.values());
  }

  /** What serves an interest; null if it is wanted no more. */
  @Nullable Cover of(Interest interest) {
    return covers.get(interest);
  }

  void add(Interest interest, Change change) {
    place(interest, change);
    mergeIfMany(change);
  }

  private void place(Interest interest, Change change) {
    Pattern pattern = (Pattern) interest.selector();
    Cover known = covering(pattern);
    serve(interest, known == null ? begin(own(pattern), change) : known);
  }

  /** The same pattern is never begun and ended together: Redis would end it. */
  private Cover begin(Pattern pattern, Change change) {
    for (Cover ended : change.ended()) {
      if (ended.pattern().equals(pattern)) {
        change.ended().remove(ended);
        onRedis.put(pattern, ended);
        return ended;
      }
    }
    Cover begun = new Cover(pattern);
    onRedis.put(pattern, begun);
    change.begun().add(begun);
    return begun;
  }

  private void serve(Interest interest, Cover cover) {
    cover.serve(interest);
    covers.put(interest, cover);
  }

  private @Nullable Cover covering(Pattern pattern) {
    for (Cover cover : onRedis.values()) {
      if (!cover.isRefused() && cover.pattern().covers(pattern)) {
        return cover;
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
    List<Cover> sorted =
        onRedis.values().stream().sorted(Comparator.comparing(Coverings::beginning)).toList();
    Pattern common = Pattern.parse(longestInCommon(sorted) + "*");
    Cover there = covering(common);
    Cover merged = there == null ? begin(common, change) : there;
    merged.merge();
    for (Cover cover : sorted) {
      if (cover != merged && common.covers(cover.pattern())) {
        List.copyOf(cover.served()).forEach(interest -> move(interest, cover, merged));
        onRedis.remove(cover.pattern());
        merged.replaced().addAll(takeAsked(cover, change));
      }
    }
    if (merged.isConfirmed()) {
      change.ended().addAll(merged.replaced());
      merged.replaced().clear();
    }
  }

  private void move(Interest interest, Cover from, Cover to) {
    from.leave(interest);
    serve(interest, to);
  }

  /** The longest text that some that stand behind each other begin with. */
  private static String longestInCommon(List<Cover> sorted) {
    String longest = "";
    for (int i = 0; i + MERGED <= sorted.size(); i++) {
      String common = common(beginning(sorted.get(i)), beginning(sorted.get(i + MERGED - 1)));
      longest = common.length() > longest.length() ? common : longest;
    }
    return longest;
  }

  private static String beginning(Cover cover) {
    String text = cover.pattern().text();
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

  /** The cover and those it was to replace, as far as Redis was asked for them. */
  private static List<Cover> takeAsked(Cover cover, Change change) {
    List<Cover> asked = new ArrayList<>(cover.replaced());
    cover.replaced().clear();
    if (!change.begun().remove(cover)) {
      asked.add(cover);
    }
    return asked;
  }

  void remove(Interest interest, Change change) {
    Cover cover = covers.remove(interest);
    if (cover != null) {
      cover.leave(interest);
      boolean many = cover.isMerged() && cover.served().size() > FEW;
      if (!many && !cover.hasOwner()) {
        end(cover, change);
      }
    }
  }

  /** Has each that it served asked for itself. */
  private void end(Cover cover, Change change) {
    onRedis.remove(cover.pattern());
    change.ended().addAll(takeAsked(cover, change));
    cover.others().forEach(left -> move(left, cover, change));
    mergeIfMany(change);
  }

  /** Redis has it: what it took the place of ends. */
  Change onConfirmed(Cover cover) {
    Change change = new Change();
    cover.confirm();
    change.ended().addAll(cover.replaced());
    cover.replaced().clear();
    return change;
  }

  /**
   * Redis refuses it, as where a user may have single patterns only: others that it was to serve
   * are served by what it was to replace, or by their own; where this was merged, none are any
   * more.
   */
  Change onRefused(Cover cover) {
    Change change = new Change();
    cover.refuse();
    if (onRedis.get(cover.pattern()) == cover) {
      merging &= !cover.isMerged();
      if (!cover.hasOwner()) {
        onRedis.remove(cover.pattern());
      }
      cover.replaced().forEach(each -> onRedis.putIfAbsent(each.pattern(), each));
      cover.replaced().clear();
      cover.others().forEach(left -> move(left, cover, change));
    }
    return change;
  }

  private void move(Interest interest, Cover from, Change change) {
    from.leave(interest);
    place(interest, change);
  }

  /** The connection is gone, and with it all that Redis had of them. */
  void reset() {
    for (Cover cover : onRedis.values()) {
      cover.reset();
    }
  }
}
