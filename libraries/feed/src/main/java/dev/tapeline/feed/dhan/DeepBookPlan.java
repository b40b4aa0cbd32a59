package dev.tapeline.feed.dhan;

import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.feed.dhan.packet.Segment;
import dev.tapeline.feed.dhan.token.TokenClaims;
import dev.tapeline.market.instrument.Instrument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which instruments have a deep book: shares and derivatives of NSE of which the book is
 * wanted. Owned by the thread of its feed.
 */
final class DeepBookPlan {

  private final DhanOptions.DeepBooks options;
  private Set<Instrument> books = Set.of();
  private boolean refused;

  DeepBookPlan(DhanOptions.DeepBooks options) {
    this.options = options;
  }

  /** Takes the watched instruments of which the book is wanted. */
  void watch(Set<Instrument> wanted) {
    books = new HashSet<>(wanted);
    books.removeIf(instrument -> !hasDeepBook(instrument));
  }

  private static boolean hasDeepBook(Instrument instrument) {
    Segment segment = Segment.of(instrument);
    return segment == Segment.NSE_EQ || segment == Segment.NSE_FNO;
  }

  /** Whether it depends on the token whether there can be deep books. */
  boolean areByToken() {
    return options.levels() > 20 && !books.isEmpty();
  }

  /**
   * Looks whether there can be deep books with a token. One that says that a program has made it is
   * not accepted by the sockets of 200 levels.
   *
   * @param token null if it is not known
   */
  boolean accepts(@Nullable String token) {
    TokenClaims claims = TokenClaims.of(token == null ? "" : token);
    refused = areByToken() && claims.ends() > 0 && !claims.selfMade();
    return !refused;
  }

  /** What is subscribed on their sockets. */
  Map<Instrument, FeedMode> modes() {
    Map<Instrument, FeedMode> modes = new HashMap<>();
    if (options.areWanted()) {
      books.forEach(instrument -> modes.put(instrument, FeedMode.FULL));
    }
    return modes;
  }

  /** Why books have fewer levels than they are to have; null if all is well. */
  @Nullable String problem(SocketGroup sockets) {
    if (refused) {
      return "books of 200 levels need a token made on web.dhan.co; they have 5 levels";
    }
    for (Connection connection : sockets.connections()) {
      if (!connection.isOpen() && connection.problem() != null) {
        return "deep books: " + connection.problem();
      }
    }
    return sockets.left() == 0
        ? null
        : "%d books have 5 levels: no connection is left for them".formatted(sockets.left());
  }
}
