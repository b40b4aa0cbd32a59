package dev.tapeline.market.event;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Tells one reader of which instruments something else is wanted than when it last asked. Owned by
 * the thread that reads.
 */
@FunctionalInterface
public interface WishNews {

  /** Nothing ever changes. */
  WishNews NEVER = () -> Changed.NOTHING;

  /** What has changed since the last call. */
  Changed take();

  /**
   * The instruments whose wishes have changed.
   *
   * @param all whether any instrument may have changed
   * @param symbols those that have, each once, in the order of their changes; none if {@code all}
   */
  record Changed(boolean all, Set<String> symbols) {

    public static final Changed NOTHING = new Changed(false, Set.of());
    public static final Changed ALL = new Changed(true, Set.of());

    public boolean isNothing() {
      return !all && symbols.isEmpty();
    }

    /** What has changed of this or the other. */
    public Changed and(Changed other) {
      if (other.isNothing()) {
        return this;
      }
      if (isNothing()) {
        return other;
      }
      if (all || other.all) {
        return ALL;
      }
      Set<String> both = new LinkedHashSet<>(symbols);
      both.addAll(other.symbols);
      return new Changed(false, both);
    }
  }
}
