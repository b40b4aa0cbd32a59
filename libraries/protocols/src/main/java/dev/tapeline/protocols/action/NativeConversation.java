package dev.tapeline.protocols.action;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Verb;
import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.Excerpt;
import dev.tapeline.core.InvalidNameException;
import dev.tapeline.core.Position;
import dev.tapeline.core.Selector;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.request.SubscribeCall;
import dev.tapeline.hub.request.SubscriptionGrant;
import dev.tapeline.hub.request.SubscriptionRequest;
import dev.tapeline.json.Json;
import dev.tapeline.protocols.spi.ClientPublisher;
import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Entitlement;
import dev.tapeline.protocols.spi.Posting;
import dev.tapeline.protocols.spi.RejectedException;
import dev.tapeline.protocols.spi.RequestError;
import dev.tapeline.protocols.spi.TextPing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation with one client in the native protocol. A bad message is answered with an error
 * and changes nothing.
 */
final class NativeConversation implements Conversation {

  private static final String REQUEST_ID = "requestId";
  private static final int SHOWN = 40;
  private static final String ACTIONS = "subscribe, unsubscribe, publish, auth, ping or history";

  private final Session session;
  private final Entitlement entitlement;
  private boolean asking;

  NativeConversation(ConversationContext context) {
    this.session = context.session();
    this.entitlement = context.entitlement();
  }

  @Override
  public void onTooManyMatches() {
    error(
        null,
        RequestError.TOO_MANY_MATCHES,
        "your patterns match more channels than a client's patterns may; channels beyond"
            + " that are not delivered: use narrower patterns");
  }

  @Override
  public boolean onText(String text) {
    if (TextPing.answer(session, text)) {
      return true;
    }
    JsonNode message;
    try {
      message = Json.read(text, REQUEST_ID);
    } catch (JacksonException e) {
      return error(null, RequestError.BAD_JSON, "not a JSON text: " + e.getOriginalMessage());
    }
    if (!message.isObject()) {
      return error(null, RequestError.BAD_REQUEST, "a message is a JSON object with an \"action\"");
    }
    return dispatch(message, text);
  }

  private boolean dispatch(JsonNode message, String text) {
    JsonNode verb = message.has("action") ? message.get("action") : message.get("type");
    if (verb == null || !verb.isString()) {
      return error(message, RequestError.BAD_REQUEST, "\"action\" is missing: " + ACTIONS);
    }
    boolean older = !message.has("action");
    return switch (verb.stringValue()) {
      case "subscribe" -> older ? subscribeOlder(message) : subscribe(message);
      case "unsubscribe" -> older ? unsubscribeOlder(message) : unsubscribe(message);
      case "ping" -> reply(message, Json.object("pong"));
      case "history" -> history(message);
      case "auth" -> authenticate(message);
      case "publish" -> publish(message, text);
      default ->
          error(
              message,
              RequestError.UNKNOWN_ACTION,
              "\"%s\" is not an action: %s"
                  .formatted(Excerpt.of(verb.stringValue(), SHOWN), ACTIONS));
    };
  }

  private boolean authenticate(JsonNode message) {
    JsonNode token = message.get("token");
    if (token == null || !token.isString()) {
      return error(message, RequestError.BAD_REQUEST, "\"token\" is a string: a token or a key");
    }
    entitlement.authenticate(token.stringValue(), outcome -> answer(message, outcome));
    return true;
  }

  private void answer(JsonNode message, Entitlement.Outcome outcome) {
    switch (outcome) {
      case Entitlement.Outcome.Refused(String reason) ->
          error(message, RequestError.UNAUTHORIZED, reason);
      case Entitlement.Outcome.Unavailable(String reason, Duration retryAfter) -> {
        ObjectNode answer =
            Json.object("error")
                .put("code", RequestError.UNAVAILABLE.text())
                .put("message", reason);
        reply(message, answer.put("retryAfterMs", retryAfter.toMillis()));
      }
      case Entitlement.Outcome.Crowded(String reason) -> error(message, RequestError.LIMIT, reason);
      case Entitlement.Outcome.Accepted(Identity identity) -> {
        ObjectNode answer = Json.object("authenticated");
        describe(identity, answer);
        reply(message, answer);
      }
    }
  }

  private static void describe(Identity identity, ObjectNode answer) {
    String subject = identity.subject();
    Instant end = identity.expires();
    answer.put("role", identity.role());
    if (subject != null) {
      answer.put("subject", subject);
    }
    if (end != null) {
      answer.put("expires", end.toEpochMilli());
    }
  }

  private boolean subscribe(JsonNode message) {
    JsonNode channels = message.get("channels");
    if (channels == null || !channels.isArray() || channels.isEmpty()) {
      return error(
          message,
          RequestError.BAD_REQUEST,
          "\"channels\" is a list of names or objects, not empty");
    }
    ObjectNode answer = Json.object("subscribed");
    ArrayNode rejected = Json.mapper().createArrayNode();
    List<SubscriptionRequest> requests = new ArrayList<>();
    for (JsonNode item : channels) {
      try {
        requests.add(entitlement.admit(SubscribeItem.read(item), requests));
      } catch (RejectedException e) {
        entitlement.countRejected();
        rejected.add(e.toJson(item));
      }
    }
    SubscribeCall.start(session, requests, granted -> answer(message, answer, granted, rejected));
    return !requests.isEmpty();
  }

  private void answer(
      JsonNode message, ObjectNode answer, List<SubscriptionGrant> granted, ArrayNode rejected) {
    ArrayNode channels = answer.putArray("channels");
    granted.forEach(g -> channels.add(toJson(g)));
    answer.set("rejected", rejected);
    send(message, answer);
    granted.forEach(g -> g.newest().ifPresent(session::send));
    session.flush();
  }

  private static ObjectNode toJson(SubscriptionGrant granted) {
    ObjectNode out = Json.mapper().createObjectNode();
    out.put("channel", granted.selector().text());
    out.put("mode", granted.options().mode().text());
    if (granted.epoch() != null) {
      out.put("epoch", granted.epoch()).put("seq", granted.seq());
    }
    out.put("recoverable", granted.recoverable());
    if (granted.recovered() != null) {
      out.put("recovered", granted.recovered());
    }
    if (granted.pending()) {
      out.put("pending", true);
    }
    return out;
  }

  private boolean history(JsonNode message) {
    NativeHistoryRequest request;
    try {
      request = NativeHistoryRequest.read(message);
      entitlement.check(Verb.HISTORY, request.channel());
    } catch (RejectedException e) {
      return error(message, e.error(), e.getMessage());
    }
    ChannelLog log = session.lane().hub().bus().log();
    if (!log.keeps(request.channel().name())) {
      return error(
          message,
          RequestError.NO_HISTORY,
          request.channel() + " is not durable: it has no history");
    }
    if (asking) {
      return error(message, RequestError.BUSY, "one history request at a time");
    }
    asking = true;
    var _ =
        request
            .ask(log)
            .whenComplete((extract, error) ->
                session.lane().execute(() -> answerHistory(message, request, extract)));
    return true;
  }

  private void answerHistory(
      JsonNode message, NativeHistoryRequest request, ChannelLog.@Nullable Extract extract) {
    asking = false;
    if (extract == null) {
      error(message, RequestError.UNAVAILABLE, "the log can't be read now: try again");
    } else if (!request.isAnsweredBy(extract)) {
      error(
          message,
          RequestError.EPOCH,
          "that epoch has ended; the log's epoch is %s, up to number %d"
              .formatted(extract.top().epoch(), extract.top().seq()));
    } else {
      JsonNode requestId = message.get(REQUEST_ID);
      String echoed = requestId == null ? null : requestId.toString();
      session.send(HistoryAnswer.of(echoed, request, extract));
      session.flush();
    }
  }

  private boolean publish(JsonNode message, String text) {
    try {
      Posting posting = Posting.read(text, message);
      entitlement.publish(posting, result -> answer(message, posting.channel(), result));
      return true;
    } catch (RejectedException e) {
      return error(message, e.error(), e.getMessage());
    }
  }

  private void answer(JsonNode message, Channel channel, ClientPublisher.Result result) {
    switch (result) {
      case ClientPublisher.Result.Uncertain() ->
          error(
              message,
              RequestError.UNAVAILABLE,
              "the bus is away; it may have this, or not: try again");
      case ClientPublisher.Result.Refused(String reason) ->
          error(message, RequestError.UNAVAILABLE, reason);
      case ClientPublisher.Result.Taken(@Nullable Position place) -> {
        ObjectNode answer = Json.object("published").put("channel", channel.name());
        if (place != null) {
          answer.put("epoch", place.epoch()).put("seq", place.seq());
        }
        reply(message, answer);
      }
    }
  }

  private boolean unsubscribe(JsonNode message) {
    JsonNode channels = message.get("channels");
    if (channels == null || !channels.isArray() || channels.isEmpty()) {
      return error(message, RequestError.BAD_REQUEST, "\"channels\" is a list of names, not empty");
    }
    ObjectNode answer = Json.object("unsubscribed");
    ArrayNode ended = answer.putArray("channels");
    ArrayNode rejected = answer.putArray("rejected");
    for (JsonNode item : channels) {
      try {
        end(SubscribeItem.selector(item));
        ended.add(item.stringValue());
      } catch (RejectedException e) {
        rejected.add(e.toJson(item));
      }
    }
    return reply(message, answer);
  }

  private void end(Selector selector) {
    if (!session.unsubscribe(selector)) {
      throw new RejectedException(RequestError.NOT_SUBSCRIBED, "there is no subscription to it");
    }
  }

  private boolean subscribeOlder(JsonNode message) {
    try {
      Selector selector = Selector.parse(olderName(message));
      Options options = Options.all(true, UpdateEnvelope.INSTANCE);
      SubscriptionRequest request =
          entitlement.admit(new SubscriptionRequest(selector, options), List.of());
      SubscribeCall.start(
          session,
          List.of(request),
          granted ->
              answer(message, Json.object("subscribed"), granted, Json.mapper().createArrayNode()));
      return true;
    } catch (RejectedException e) {
      entitlement.countRejected();
      return error(message, e.error(), e.getMessage());
    } catch (InvalidNameException e) {
      entitlement.countRejected();
      return error(message, RequestError.BAD_CHANNEL, e.getMessage());
    }
  }

  private boolean unsubscribeOlder(JsonNode message) {
    try {
      String name = olderName(message);
      end(Selector.parse(name));
      ObjectNode answer = Json.object("unsubscribed");
      answer.putArray("channels").add(name);
      return reply(message, answer);
    } catch (RejectedException e) {
      return error(message, e.error(), e.getMessage());
    } catch (InvalidNameException e) {
      return error(message, RequestError.BAD_CHANNEL, e.getMessage());
    }
  }

  /**
   * The name in the older form: {@code "channel":"option-chain","symbol":S,"expiry":E} is {@code
   * option-chain:S:E}.
   */
  private static String olderName(JsonNode message) {
    StringBuilder name = new StringBuilder();
    for (String key : List.of("channel", "symbol", "expiry")) {
      JsonNode part = message.get(key);
      if (part == null ? name.isEmpty() : !part.isString()) {
        throw new RejectedException(RequestError.BAD_REQUEST, "\"" + key + "\" is a string");
      }
      if (part != null) {
        name.append(name.isEmpty() ? "" : ":").append(part.stringValue());
      }
    }
    return name.toString();
  }

  @Override
  public void onStatus(SourceStatus status) {
    ObjectNode out = Json.object("status");
    out.put("source", status.source());
    out.put("state", status.state());
    out.put("since", status.since());
    if (status.reason() != null) {
      out.put("reason", status.reason());
    }
    reply(null, out);
  }

  @Override
  public void onRateExceeded(int ratePerSecond) {
    error(null, RequestError.RATE_LIMITED, "at most %d messages a second".formatted(ratePerSecond));
  }

  @Override
  public void onReconnect(long afterMillis) {
    reply(null, Json.object("reconnect").put("afterMs", afterMillis));
  }

  private boolean error(@Nullable JsonNode message, RequestError error, @Nullable String text) {
    reply(message, Json.object("error").put("code", error.text()).put("message", text));
    return false;
  }

  private boolean reply(@Nullable JsonNode message, ObjectNode answer) {
    send(message, answer);
    session.flush();
    return true;
  }

  private void send(@Nullable JsonNode message, ObjectNode answer) {
    JsonNode requestId = message == null ? null : message.get(REQUEST_ID);
    if (requestId != null) {
      answer.set(REQUEST_ID, requestId);
    }
    session.send(Frame.of(Json.bytes(answer)));
  }
}
