package dev.tapeline.protocols.cable;

import dev.tapeline.core.Channel;
import dev.tapeline.protocols.spi.RejectedException;
import dev.tapeline.protocols.spi.RequestError;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The identifiers in use that {@code JSON.stringify} would write differently, by channel. Each
 * needs frames of its own, because a client gets back the identifier that it sent. So their number
 * is limited for each channel; the same identifier counts once for all clients. May be used from
 * any thread.
 */
final class Spellings {

  static final int MOST = 16;

  private final Map<Channel, Map<String, Integer>> users = new ConcurrentHashMap<>();

  /**
   * Counts one more user of an identifier.
   *
   * @throws RejectedException if its channel has too many others
   */
  void take(CableIdentifier identifier) {
    if (!identifier.isCommon()) {
      users.compute(identifier.channel(), (any, all) -> withOneMore(identifier, all));
    }
  }

  private static Map<String, Integer> withOneMore(
      CableIdentifier identifier, @Nullable Map<String, Integer> before) {
    Map<String, Integer> all = before == null ? new HashMap<>(2) : before;
    if (all.size() >= MOST && !all.containsKey(identifier.text())) {
      throw new RejectedException(
          RequestError.LIMIT,
          "clients write the identifiers of %s in %d other ways already: write it as JSON.stringify does"
              .formatted(identifier.channel(), MOST));
    }
    all.merge(identifier.text(), 1, Integer::sum);
    return all;
  }

  /** Takes back one {@link #take}. */
  void leave(CableIdentifier identifier) {
    if (!identifier.isCommon()) {
      users.computeIfPresent(
          identifier.channel(),
          (any, all) -> {
            all.computeIfPresent(identifier.text(), (text, n) -> n == 1 ? null : n - 1);
            return all.isEmpty() ? null : all;
          });
    }
  }
}
