package dev.tapeline.protocols.centrifugo;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Position;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.request.SubscribeCall;
import dev.tapeline.hub.request.SubscriptionGrant;
import dev.tapeline.hub.request.SubscriptionRequest;
import dev.tapeline.json.Json;
import dev.tapeline.protocols.spi.ClientPublisher;
import dev.tapeline.protocols.spi.CloseCode;
import dev.tapeline.protocols.spi.CloseReason;
import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Entitlement;
import dev.tapeline.protocols.spi.Posting;
import dev.tapeline.protocols.spi.RejectedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation with one client in Centrifugo's protocol. A frame holds commands, one a line. Each
 * command with a number gets an answer with that number, in a frame of its own.
 */
final class CentrifugoConversation implements Conversation {

  /** The commands of this protocol that this server does not support. */
  private static final Set<String> NOT_AVAILABLE =
      Set.of("presence", "presence_stats", "rpc", "sub_refresh");

  private static final int MAX_EARLY = 100;

  private final ConversationContext context;
  private final Session session;
  private final Entitlement entitlement;
  private final CentrifugoHeartbeat heartbeat;
  private final Replies replies;
  private final History history;
  private final Login login;
  private final Turns turns = new Turns();

  /** The lines after a {@code connect} that is under way. */
  private final Deque<String> early = new ArrayDeque<>(0);

  CentrifugoConversation(ConversationContext context, Duration pingInterval) {
    this.context = context;
    this.session = context.session();
    this.entitlement = context.entitlement();
    this.replies = new Replies(session);
    this.history = new History(session, entitlement, replies);
    this.heartbeat =
        new CentrifugoHeartbeat(session, pingInterval, () -> context.close(CloseReason.IDLE));
    this.login = new Login(entitlement, replies, heartbeat);
  }

  @Override
  public boolean onText(String text) {
    heartbeat.onSign();
    boolean sensible = true;
    boolean first = true;
    for (String line : text.lines().filter(any -> !any.isBlank()).toList()) {
      if (session.isClosed()) {
        return sensible;
      }
      boolean may = first || context.takeCommand();
      sensible &= may ? take(line) : refuse(line);
      first = false;
    }
    return sensible;
  }

  private boolean take(String line) {
    return login.isUnderWay() ? keep(line) : obey(line);
  }

  /** Refuses a command beyond the rate. The client repeats it later by itself. */
  private boolean refuse(String line) {
    try {
      long id = Json.mapper().readTree(line).path("id").asLong(0);
      if (id > 0) {
        replies.error(id, ErrorCode.TOO_MANY_REQUESTS, "too many requests");
      }
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }

  private boolean keep(String line) {
    return early.size() < MAX_EARLY && early.add(line);
  }

  private boolean obey(String line) {
    JsonNode command;
    try {
      command = Json.mapper().readTree(line);
    } catch (JacksonException e) {
      return false; // its number is unknown, so there is no answer
    }
    long id = command.path("id").asLong(0);
    if (command.isObject() && command.isEmpty()) {
      return true; // a pong
    }
    if (!login.isConnected() && (id <= 0 || !command.has("connect"))) {
      context.close(CloseReason.BAD_MESSAGES);
      return false;
    }
    if (command.has("send")) {
      return true; // needs no answer, and has no receivers
    }
    return id > 0 && dispatch(id, command, line);
  }

  private boolean dispatch(long id, JsonNode command, String line) {
    if (command.has("subscribe")) {
      return subscribe(id, command.path("subscribe"));
    }
    if (command.has("unsubscribe")) {
      return unsubscribe(id, command.path("unsubscribe"));
    }
    if (command.has("publish")) {
      return publish(id, command, line);
    }
    if (command.has("refresh")) {
      login.refresh(id, command.path("refresh").path("token").asString(""));
      return true;
    }
    if (command.has("history")) {
      return history.ask(id, command.path("history"));
    }
    if (command.has("connect")) {
      return connect(id, command.path("connect").path("token").asString(""));
    }
    if (command.propertyNames().stream().anyMatch(NOT_AVAILABLE::contains)) {
      replies.error(id, ErrorCode.NOT_AVAILABLE, "this server does not support it");
    } else {
      replies.error(id, ErrorCode.METHOD_NOT_FOUND, "no such method");
    }
    return false;
  }

  private boolean connect(long id, String token) {
    if (login.isConnected()) {
      replies.error(id, ErrorCode.BAD_REQUEST, "already connected");
      return false;
    }
    login.connect(id, token, this::connected);
    return true;
  }

  /**
   * Ends a connect. A client whose token has expired may send a fresh one; others with a problem
   * are disconnected.
   *
   * @param problem why the client is not connected; null if it is
   */
  private void connected(@Nullable ErrorCode problem) {
    if (problem == ErrorCode.UNAUTHORIZED) {
      context.close(CloseReason.UNAUTHORIZED);
    }
    while (!early.isEmpty() && !session.isClosed()) {
      boolean _ = obey(early.remove());
    }
  }

  private boolean subscribe(long id, JsonNode body) {
    SubscribeRequest request;
    try {
      request = SubscribeRequest.read(body);
    } catch (RejectedException e) {
      entitlement.countRejected();
      replies.error(id, e);
      return false;
    }
    inTurn(id, request.channel(), () -> begin(id, request));
    return true;
  }

  private void inTurn(long id, Channel channel, Runnable command) {
    if (!turns.take(channel, command)) {
      replies.error(id, ErrorCode.TOO_MANY_REQUESTS, "too many commands wait for a subscription");
    }
  }

  private void begin(long id, SubscribeRequest request) {
    Channel channel = request.channel();
    if (session.holds(channel)) {
      replies.error(id, ErrorCode.ALREADY_SUBSCRIBED, "already subscribed");
      return;
    }
    SubscriptionRequest wanted;
    try {
      wanted = entitlement.admit(requested(request), List.of());
    } catch (RejectedException e) {
      entitlement.countRejected();
      replies.error(id, e);
      return;
    }
    turns.begin(channel);
    SubscribeCall.start(
        session,
        List.of(wanted),
        granted -> {
          answer(id, request, granted);
          turns.end(channel);
        });
  }

  private SubscriptionRequest requested(SubscribeRequest request) {
    boolean durable = session.lane().hub().bus().log().keeps(request.channel().name());
    PublicationEnvelope envelope =
        durable ? PublicationEnvelope.NUMBERED : PublicationEnvelope.PLAIN;
    return new SubscriptionRequest(
        request.channel(), Options.all(false, envelope), durable ? request.start() : null);
  }

  private void answer(long id, SubscribeRequest request, List<SubscriptionGrant> granted) {
    if (granted.isEmpty()) {
      replies.error(id, ErrorCode.PERMISSION_DENIED, "the subscription has ended");
      return;
    }
    SubscriptionGrant one = granted.getFirst();
    boolean recovered = Boolean.TRUE.equals(one.recovered());
    if (!one.recoverable()) {
      replies.done(id, "subscribe");
    } else if (one.epoch() == null) {
      session.unsubscribe(request.channel());
      replies.error(id, ErrorCode.INTERNAL, "the channel's log can't be read now: try again");
    } else if (request.recover() && request.wholeOrNothing() && !recovered) {
      session.unsubscribe(request.channel());
      replies.error(id, ErrorCode.UNRECOVERABLE_POSITION, "unrecoverable position");
    } else {
      replies.result(id, "subscribe", positioned(request, one, recovered));
    }
  }

  /**
   * Adds the position. A recovered client gets its old position: the missed publications follow as
   * pushes, and each push advances it.
   */
  private static ObjectNode positioned(
      SubscribeRequest request, SubscriptionGrant one, boolean recovered) {
    Position held = request.held();
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("recoverable", true);
    result.put("positioned", true);
    result.put("epoch", one.epoch());
    result.put("offset", recovered && held != null ? held.seq() : one.seq());
    if (request.recover()) {
      result.put("was_recovering", true).put("recovered", recovered);
    }
    return result;
  }

  private boolean publish(long id, JsonNode command, String line) {
    Posting posting;
    try {
      posting = Posting.read(line, command, "publish");
    } catch (RejectedException e) {
      replies.error(id, e);
      return false;
    }
    inTurn(id, posting.channel(), () -> publish(id, posting));
    return true;
  }

  private void publish(long id, Posting posting) {
    try {
      entitlement.publish(posting, result -> answer(id, result));
    } catch (RejectedException e) {
      replies.error(id, e);
    }
  }

  private void answer(long id, ClientPublisher.Result result) {
    switch (result) {
      case ClientPublisher.Result.Taken _ -> replies.done(id, "publish");
      case ClientPublisher.Result.Uncertain _ ->
          replies.error(id, ErrorCode.INTERNAL, "the bus is away; it may have this, or not");
      case ClientPublisher.Result.Refused(String reason) ->
          replies.error(id, ErrorCode.INTERNAL, reason);
    }
  }

  /** Always answers success: a client that gets an error reconnects. */
  private boolean unsubscribe(long id, JsonNode body) {
    Channel channel;
    try {
      channel = SubscribeRequest.channel(body.path("channel"));
    } catch (RejectedException e) {
      replies.done(id, "unsubscribe");
      return false;
    }
    inTurn(
        id,
        channel,
        () -> {
          session.unsubscribe(channel);
          replies.done(id, "unsubscribe");
        });
    return true;
  }

  @Override
  public void onRateExceeded(int ratePerSecond) {
    heartbeat.onSign();
  }

  @Override
  public CloseCode closeCode(CloseReason reason) {
    return switch (reason) {
      case GOING_AWAY, DRAINED -> new CloseCode(3001, "shutdown");
      case FAILED, UNCHECKED -> new CloseCode(3004, "internal server error");
      case IDLE -> new CloseCode(3012, "no pong");
      case MOVED -> new CloseCode(3011, "force reconnect");
      case CLOSED_BY_ADMIN -> new CloseCode(3503, "force disconnect");
      case TOO_SLOW -> new CloseCode(3008, "slow");
      case BAD_MESSAGES -> new CloseCode(3501, "bad request");
      case UNSUPPORTED_DATA -> new CloseCode(3506, "inappropriate protocol");
      case RUSH -> new CloseCode(3013, "too many requests");
      case RATE_ABUSE -> new CloseCode(3509, "too many errors");
      case EXPIRED -> new CloseCode(3005, "connection expired");
      case UNAUTHORIZED -> new CloseCode(3500, "invalid token");
      case TOO_MANY_CONNECTIONS -> new CloseCode(3504, "connection limit");
    };
  }
}
