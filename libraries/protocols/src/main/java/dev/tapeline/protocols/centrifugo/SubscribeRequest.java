package dev.tapeline.protocols.centrifugo;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Position;
import dev.tapeline.hub.request.SubscriptionRequest.Start;
import dev.tapeline.protocols.spi.ChannelName;
import dev.tapeline.protocols.spi.RejectedException;
import dev.tapeline.protocols.spi.RequestError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client's request to subscribe.
 *
 * @param recover whether to continue at the client's position
 * @param held that position; null if the client gives no epoch
 * @param wholeOrNothing whether the request is refused if it can't be recovered
 */
record SubscribeRequest(
    Channel channel, boolean recover, @Nullable Position held, boolean wholeOrNothing) {

  private static final int REJECT_UNRECOVERED = 2;

  /**
   * Reads the fields {@code channel}, {@code recover}, {@code epoch}, {@code offset} and {@code
   * flag}.
   *
   * @throws RejectedException saying what is wrong
   */
  static SubscribeRequest read(JsonNode body) {
    if (body.path("type").asInt(0) != 0) {
      throw new RejectedException(
          RequestError.BAD_REQUEST, "only streams are supported: leave out \"type\"");
    }
    boolean recover = body.path("recover").asBoolean(false);
    return new SubscribeRequest(
        channel(body.path("channel")),
        recover,
        recover ? position(body) : null,
        (body.path("flag").asInt(0) & REJECT_UNRECOVERED) != 0);
  }

  /** Reads the name of one channel. */
  static Channel channel(JsonNode name) {
    if (name.isString() && name.stringValue().indexOf('*') >= 0) {
      throw new RejectedException(
          RequestError.BAD_CHANNEL, "this protocol has no patterns: name the channels, one by one");
    }
    return ChannelName.read(name);
  }

  /** Reads {@code epoch} and {@code offset}, which clients leave out when it is 0. */
  static @Nullable Position position(JsonNode holder) {
    JsonNode offset = holder.path("offset");
    String epoch = holder.path("epoch").asString("");
    if (!offset.isMissingNode()
        && !(offset.isIntegralNumber() && offset.canConvertToLong() && offset.longValue() >= 0)) {
      throw new RejectedException(RequestError.BAD_REQUEST, "\"offset\" is a number from 0 up");
    }
    return epoch.isEmpty() ? null : new Position(epoch, offset.asLong(0));
  }

  /** The start of the subscription; null for the newest. */
  @Nullable Start start() {
    return held == null ? null : new Start.Recover(held);
  }
}
