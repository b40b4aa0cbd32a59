package dev.tapeline.protocols.centrifugo;

import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.ChannelLog.Extract;
import dev.tapeline.core.Position;
import dev.tapeline.protocols.spi.RejectedException;
import dev.tapeline.protocols.spi.RequestError;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client's request for publications in the log of a durable channel.
 *
 * @param since the position after which, or in reverse before which, publications are wanted; null
 *     to begin at an end of the log
 * @param limit the most publications; 0 asks for the newest position alone
 * @param reverse whether the order is from the newest to the oldest
 */
record CentrifugoHistoryRequest(
    Channel channel, @Nullable Position since, int limit, boolean reverse) {

  static final int MAX_LIMIT = 1_000;

  /**
   * Reads the fields {@code channel}, {@code since}, {@code limit} and {@code reverse}.
   *
   * @throws RejectedException saying what is wrong
   */
  static CentrifugoHistoryRequest read(JsonNode body) {
    JsonNode since = body.path("since");
    Position position = since.isObject() ? SubscribeRequest.position(since) : null;
    if (since.isObject() && position == null) {
      throw new RejectedException(
          RequestError.BAD_REQUEST, "\"since\" is a position: offset and epoch");
    }
    int limit = body.path("limit").asInt(0);
    return new CentrifugoHistoryRequest(
        SubscribeRequest.channel(body.path("channel")),
        position,
        limit < 0 ? MAX_LIMIT : Math.min(limit, MAX_LIMIT),
        body.path("reverse").asBoolean(false));
  }

  /** Asks the log. */
  CompletionStage<Extract> ask(ChannelLog log) {
    if (limit == 0) {
      return end(log);
    }
    if (!reverse) {
      return log.read(channel.name(), since == null ? 0 : since.seq(), limit);
    }
    return since == null
        ? end(log).thenCompose(end -> before(log, end.top().seq() + 1))
        : before(log, since.seq());
  }

  private CompletionStage<Extract> end(ChannelLog log) {
    return log.read(channel.name(), Long.MAX_VALUE, 1);
  }

  private CompletionStage<Extract> before(ChannelLog log, long seq) {
    long after = Math.max(0, seq - 1 - limit);
    int count = (int) (seq - 1 - after);
    return count <= 0 ? end(log) : log.read(channel.name(), after, count);
  }

  /**
   * Whether the request includes this number. A log that begins later than asked for gives more.
   */
  boolean includes(long seq) {
    return !reverse || since == null || seq < since.seq();
  }

  /** Whether the answer belongs to the epoch that was asked for. */
  boolean isAnsweredBy(Extract extract) {
    return since == null || since.epoch().equals(extract.top().epoch());
  }
}
