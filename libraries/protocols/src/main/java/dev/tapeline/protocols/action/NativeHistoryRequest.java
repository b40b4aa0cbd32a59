package dev.tapeline.protocols.action;

import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.ChannelLog.Extract;
import dev.tapeline.core.Position;
import dev.tapeline.protocols.spi.ChannelName;
import dev.tapeline.protocols.spi.RejectedException;
import dev.tapeline.protocols.spi.RequestError;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client's request for the publications of a durable channel: from a position on, from an instant
 * on, or the newest.
 *
 * @param from the first position that is wanted; null if the request is not by position
 * @param since epoch milliseconds UTC; null if the request is not by time
 */
record NativeHistoryRequest(
    Channel channel, @Nullable Position from, @Nullable Long since, int limit) {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;

  /**
   * Reads the fields {@code channel}, {@code from} or {@code since}, and {@code limit}.
   *
   * @throws RejectedException saying what is wrong
   */
  static NativeHistoryRequest read(JsonNode message) {
    JsonNode from = message.get("from");
    JsonNode since = message.get("since");
    if (from != null && since != null) {
      throw new RejectedException(
          RequestError.BAD_REQUEST, "\"from\" and \"since\" exclude each other");
    }
    return new NativeHistoryRequest(
        ChannelName.read(message.path("channel")),
        from == null ? null : SubscribeItem.position("from", from),
        since == null ? null : millis(since),
        limit(message.get("limit")));
  }

  /** Reads an instant. */
  static long millis(JsonNode since) {
    if (!since.isIntegralNumber() || !since.canConvertToLong() || since.longValue() < 0) {
      throw new RejectedException(RequestError.BAD_REQUEST, "\"since\" is epoch milliseconds UTC");
    }
    return since.longValue();
  }

  private static int limit(@Nullable JsonNode limit) {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    if (!limit.isInt() || limit.intValue() < 1 || limit.intValue() > MAX_LIMIT) {
      throw new RejectedException(
          RequestError.BAD_REQUEST, "\"limit\" is a number from 1 to " + MAX_LIMIT);
    }
    return limit.intValue();
  }

  /** Asks the log. */
  CompletionStage<Extract> ask(ChannelLog log) {
    String name = channel.name();
    if (since != null) {
      return log.readSince(name, since, limit);
    }
    if (from != null) {
      return log.read(name, Math.max(0, from.seq() - 1), limit);
    }
    return log.read(name, Long.MAX_VALUE, 1)
        .thenCompose(end -> log.read(name, Math.max(0, end.top().seq() - limit), limit));
  }

  /** Whether the answer belongs to the epoch that was asked for. */
  boolean isAnsweredBy(Extract extract) {
    return from == null || from.epoch().equals(extract.top().epoch());
  }
}
