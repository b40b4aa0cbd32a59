package dev.tapeline.protocols.action;

import dev.tapeline.core.InvalidNameException;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Position;
import dev.tapeline.core.Selector;
import dev.tapeline.hub.frame.FrameRate;
import dev.tapeline.hub.frame.Mode;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.request.SubscriptionRequest;
import dev.tapeline.hub.request.SubscriptionRequest.Start;
import dev.tapeline.protocols.spi.RejectedException;
import dev.tapeline.protocols.spi.RequestError;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one entry of a subscribe request: a name, or an object with a name and options. */
final class SubscribeItem {

  private static final Set<String> KEYS =
      Set.of(
          "channel", "mode", "maxRate", "snapshot", "stamps", "delta", "recover", "since", "speed");

  private SubscribeItem() {}

  static SubscriptionRequest read(JsonNode item) {
    if (item.isString()) {
      return new SubscriptionRequest(selector(item), Options.all(false, NativeEnvelope.PLAIN));
    }
    if (!item.isObject()) {
      throw new RejectedException(RequestError.BAD_REQUEST, "a channel is a string or an object");
    }
    for (String key : item.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw new RejectedException(
            RequestError.BAD_REQUEST,
            "unknown option; known are mode, maxRate, snapshot, stamps, delta, recover, since, speed");
      }
    }
    Selector selector = selector(item.get("channel"));
    return new SubscriptionRequest(selector, options(item), start(selector, item));
  }

  static Selector selector(@Nullable JsonNode name) {
    if (name == null || !name.isString()) {
      throw new RejectedException(RequestError.BAD_REQUEST, "\"channel\" is a string");
    }
    try {
      return Selector.parse(name.stringValue());
    } catch (InvalidNameException e) {
      throw new RejectedException(RequestError.BAD_CHANNEL, String.valueOf(e.getMessage()));
    }
  }

  private static Options options(JsonNode item) {
    Mode mode = mode(item.get("mode"));
    OptionalDouble limit = limit(item.get("maxRate"));
    boolean snapshot = flag(item, "snapshot") || flag(item, "delta");
    NativeEnvelope envelope = new NativeEnvelope(flag(item, "stamps"), flag(item, "delta"));
    try {
      return new Options(mode, rate(limit), snapshot, envelope);
    } catch (IllegalArgumentException e) {
      throw new RejectedException(RequestError.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static FrameRate rate(OptionalDouble limit) {
    return limit.isPresent() ? FrameRate.of(limit.getAsDouble()) : FrameRate.UNLIMITED;
  }

  private static Mode mode(@Nullable JsonNode mode) {
    if (mode == null || (mode.isString() && mode.stringValue().equals("all"))) {
      return Mode.ALL;
    }
    if (mode.isString() && mode.stringValue().equals("latest")) {
      return Mode.LATEST;
    }
    throw new RejectedException(RequestError.BAD_REQUEST, "\"mode\" is \"all\" or \"latest\"");
  }

  private static OptionalDouble limit(@Nullable JsonNode rate) {
    if (rate == null) {
      return OptionalDouble.empty();
    }
    if (!rate.isNumber() || rate.doubleValue() == 0) {
      throw new RejectedException(
          RequestError.BAD_REQUEST, "\"maxRate\" is frames a second, from 1/60 to 1000");
    }
    return OptionalDouble.of(rate.doubleValue());
  }

  private static boolean flag(JsonNode item, String key) {
    JsonNode value = item.get(key);
    if (value != null && !value.isBoolean()) {
      throw new RejectedException(RequestError.BAD_REQUEST, "\"" + key + "\" is true or false");
    }
    return value != null && value.booleanValue();
  }

  private static @Nullable Start start(Selector selector, JsonNode item) {
    JsonNode recover = item.get("recover");
    JsonNode since = item.get("since");
    if (recover == null && since == null) {
      return null;
    }
    if (recover != null && since != null) {
      throw new RejectedException(
          RequestError.BAD_REQUEST, "\"recover\" and \"since\" exclude each other");
    }
    if (selector instanceof Pattern) {
      throw new RejectedException(
          RequestError.BAD_REQUEST, "a pattern has no position: name the channels, one by one");
    }
    return recover != null
        ? new Start.Recover(position("recover", recover))
        : new Start.Since(NativeHistoryRequest.millis(since), speed(item.get("speed")));
  }

  private static double speed(@Nullable JsonNode speed) {
    if (speed == null) {
      return 0;
    }
    if (!speed.isNumber() || !(speed.doubleValue() >= 0.1 && speed.doubleValue() <= 1000)) {
      throw new RejectedException(
          RequestError.BAD_REQUEST,
          "\"speed\" is a number from 0.1 to 1000; leave it out for all at once");
    }
    return speed.doubleValue();
  }

  /** Reads {@code {"epoch":E,"seq":N}}. */
  static Position position(String key, JsonNode value) {
    JsonNode epoch = value.path("epoch");
    JsonNode seq = value.path("seq");
    if (!epoch.isString()
        || epoch.stringValue().isEmpty()
        || !seq.canConvertToLong()
        || !seq.isIntegralNumber()
        || seq.longValue() < 0) {
      throw new RejectedException(
          RequestError.BAD_REQUEST,
          "\"" + key + "\" is {\"epoch\":\"…\",\"seq\":N}, a position held before");
    }
    return new Position(epoch.stringValue(), seq.longValue());
  }
}
