package dev.tapeline.protocols.exchange;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Excerpt;
import dev.tapeline.core.Selector;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.request.SubscribeCall;
import dev.tapeline.hub.request.SubscriptionGrant;
import dev.tapeline.hub.request.SubscriptionRequest;
import dev.tapeline.json.Json;
import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Entitlement;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.RejectedException;
import dev.tapeline.protocols.spi.RequestError;
import dev.tapeline.protocols.spi.TextPing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation with one client in {@code method} verbs: {@code SUBSCRIBE}, {@code UNSUBSCRIBE},
 * {@code LIST_SUBSCRIPTIONS}, {@code SET_PROPERTY} and {@code GET_PROPERTY}. A request that can't
 * be fulfilled as a whole is answered with an error and changes nothing.
 */
final class VerbConversation implements Conversation {

  private static final int UNKNOWN_PROPERTY = 0;
  private static final int BAD_VALUE = 1;
  private static final int BAD_REQUEST = 2;
  private static final int BAD_JSON = 3;
  private static final int SHOWN = 80;

  private final Session session;
  private final Entitlement entitlement;
  private final Map<String, StreamName> streams = new LinkedHashMap<>();
  private Dialect dialect;

  VerbConversation(ConversationContext context, Dialect dialect) {
    this.session = context.session();
    this.entitlement = context.entitlement();
    this.dialect = dialect;
  }

  /** Reports too many matches, except to front ends: they take each message for data. */
  @Override
  public void onTooManyMatches() {
    if (dialect.acknowledges()) {
      error(null, BAD_REQUEST, "the patterns match more channels than a client's patterns may");
    }
  }

  /** Subscribes to the streams of the request that can be subscribed; reports only the others. */
  @Override
  public void begin(Opening opening) {
    List<StreamName> had = new ArrayList<>();
    List<SubscriptionRequest> requests = new ArrayList<>();
    Map<String, List<String>> refused = new LinkedHashMap<>();
    for (String name : StreamPath.streams(opening)) {
      try {
        StreamName stream = StreamName.of(name);
        requests.add(
            entitlement.admit(
                new SubscriptionRequest(stream.selector(), options(stream)), requests));
        had.add(stream);
      } catch (RejectedException e) {
        entitlement.countRejected();
        refused.computeIfAbsent(e.getMessage(), any -> new ArrayList<>()).add(name);
      }
    }
    subscribe(had, requests, () -> {});
    if (!refused.isEmpty()) {
      error(null, BAD_REQUEST, described(refused));
    }
  }

  /** The reasons, each with the names that it concerns. */
  private static String described(Map<String, List<String>> refused) {
    return refused.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  @Override
  public boolean onText(String text) {
    if (TextPing.answer(session, text)) {
      return true;
    }
    JsonNode message;
    try {
      message = Json.read(text, "id");
    } catch (JacksonException e) {
      return error(null, BAD_JSON, "not a JSON text: " + e.getOriginalMessage());
    }
    JsonNode id = message.get("id");
    try {
      return dispatch(message, id);
    } catch (RejectedException e) {
      return error(id, BAD_REQUEST, e.getMessage());
    }
  }

  private boolean dispatch(JsonNode message, @Nullable JsonNode id) {
    String method = message.path("method").asString("");
    JsonNode params = message.path("params");
    return switch (method) {
      case "SUBSCRIBE" -> subscribe(params, id);
      case "UNSUBSCRIBE" -> unsubscribe(names(params), id);
      case "LIST_SUBSCRIPTIONS" -> list(id);
      case "SET_PROPERTY" -> setProperty(params, id);
      case "GET_PROPERTY" -> getProperty(params, id);
      default ->
          error(
              id,
              BAD_REQUEST,
              "'%s' is not a method: SUBSCRIBE, UNSUBSCRIBE, LIST_SUBSCRIPTIONS, SET_PROPERTY or GET_PROPERTY"
                  .formatted(Excerpt.of(method, SHOWN)));
    };
  }

  private static List<StreamName> names(JsonNode params) {
    if (!params.isArray() || params.isEmpty()) {
      throw new RejectedException(
          RequestError.BAD_REQUEST, "\"params\" is a list of stream names, such as [\"NAME\"]");
    }
    List<StreamName> names = new ArrayList<>();
    for (JsonNode param : params) {
      if (!param.isString()) {
        throw new RejectedException(
            RequestError.BAD_REQUEST,
            "%s is not a stream name".formatted(Excerpt.of(param.toString(), SHOWN)));
      }
      names.add(named(param.stringValue()));
    }
    return names;
  }

  private boolean subscribe(JsonNode params, @Nullable JsonNode id) {
    try {
      return subscribe(names(params), () -> acknowledge(id));
    } catch (RejectedException e) {
      entitlement.countRejected();
      throw e;
    }
  }

  private static StreamName named(String text) {
    try {
      return StreamName.of(text);
    } catch (RejectedException e) {
      throw new RejectedException(e.error(), e.getMessage() + ": " + Excerpt.of(text, SHOWN));
    }
  }

  private boolean subscribe(List<StreamName> names, Runnable done) {
    List<SubscriptionRequest> requests = new ArrayList<>();
    for (StreamName name : names) {
      requests.add(
          entitlement.admit(new SubscriptionRequest(name.selector(), options(name)), requests));
    }
    return subscribe(names, requests, done);
  }

  private boolean subscribe(
      List<StreamName> names, List<SubscriptionRequest> requests, Runnable done) {
    names.forEach(name -> streams.put(name.text(), name));
    SubscribeCall.start(session, requests, granted -> answer(granted, done));
    return true;
  }

  private void answer(List<SubscriptionGrant> granted, Runnable done) {
    done.run();
    granted.forEach(one -> one.newest().ifPresent(session::send));
    session.flush();
  }

  private Options options(StreamName name) {
    boolean snapshot =
        name.selector() instanceof Channel channel
            && dialect.beginsWithSnapshot(session.kindOf(channel.name()));
    return Options.all(snapshot, dialect.envelopeOf(name));
  }

  /**
   * Ends the subscriptions that no other name of the client needs; names that are not subscribed
   * are ignored.
   */
  private boolean unsubscribe(List<StreamName> names, @Nullable JsonNode id) {
    for (StreamName name : names) {
      Selector selector = name.selector();
      if (streams.remove(name.text()) != null
          && streams.values().stream().noneMatch(other -> other.selector().equals(selector))) {
        session.unsubscribe(selector);
      }
    }
    acknowledge(id);
    session.flush();
    return true;
  }

  private boolean list(@Nullable JsonNode id) {
    ObjectNode answer = Json.mapper().createObjectNode();
    streams.keySet().forEach(answer.putArray("result")::add);
    return send(answer, id);
  }

  private boolean setProperty(JsonNode params, @Nullable JsonNode id) {
    if (!params.path(0).asString("").equals("combined")) {
      return error(id, UNKNOWN_PROPERTY, "the one property is \"combined\"");
    }
    if (!params.path(1).isBoolean()) {
      return error(id, BAD_VALUE, "\"combined\" is true or false");
    }
    entitlement.checkTerm(); // the subscriptions are requested again
    dialect = params.path(1).booleanValue() ? Dialect.COMBINED : Dialect.RAW;
    List<SubscriptionRequest> again =
        streams.values().stream()
            .map(name -> new SubscriptionRequest(name.selector(), options(name)))
            .toList();
    SubscribeCall.start(session, again, _ -> {});
    acknowledge(id);
    session.flush();
    return true;
  }

  private boolean getProperty(JsonNode params, @Nullable JsonNode id) {
    if (!params.path(0).asString("").equals("combined")) {
      return error(id, UNKNOWN_PROPERTY, "the one property is \"combined\"");
    }
    ObjectNode answer = Json.mapper().createObjectNode();
    return send(answer.put("result", dialect == Dialect.COMBINED), id);
  }

  private void acknowledge(@Nullable JsonNode id) {
    if (dialect.acknowledges()) {
      ObjectNode answer = Json.mapper().createObjectNode().putNull("result");
      session.send(frame(answer, id));
    }
  }

  private boolean error(@Nullable JsonNode id, int code, @Nullable String text) {
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.putObject("error").put("code", code).put("msg", "Invalid request: " + text);
    send(answer, id);
    return false;
  }

  private boolean send(ObjectNode answer, @Nullable JsonNode id) {
    session.send(frame(answer, id));
    session.flush();
    return true;
  }

  private static Frame frame(ObjectNode answer, @Nullable JsonNode id) {
    answer.set("id", id);
    return Frame.of(Json.bytes(answer));
  }

  @Override
  public void onRateExceeded(int ratePerSecond) {
    error(null, BAD_REQUEST, "at most %d messages a second".formatted(ratePerSecond));
  }

  @Override
  public void onReconnect(long afterMillis) {
    String event = "{\"e\":\"serverShutdown\",\"E\":%d}".formatted(System.currentTimeMillis());
    if (dialect.acknowledges()) {
      boolean combined = dialect == Dialect.COMBINED;
      session.send(
          Frame.of(
              ascii(
                  combined
                      ? "{\"stream\":\"!serverShutdown\",\"data\":%s}".formatted(event)
                      : event)));
      session.flush();
    }
  }
}
