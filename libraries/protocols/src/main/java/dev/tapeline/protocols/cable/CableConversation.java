package dev.tapeline.protocols.cable;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelKind;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A conversation with one client in Action Cable. As in Rails, only subscriptions are answered;
 * invalid commands are ignored.
 */
final class CableConversation implements Conversation {

  private static final Logger log = LoggerFactory.getLogger(CableConversation.class);

  private static final Frame WELCOME = Frame.of(ascii("{\"type\":\"welcome\"}"));
  private static final Frame RESTART =
      Frame.of(ascii("{\"type\":\"disconnect\",\"reason\":\"server_restart\",\"reconnect\":true}"));

  /** The interval of pings. Clients reconnect after twice this time without a message. */
  private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Session session;
  private final Entitlement entitlement;
  private final CableMapping mapping;
  private final Spellings spellings;
  private final Map<String, Held> subscriptions = new HashMap<>(2);
  private final Runnable nextBeat = this::beat;

  CableConversation(ConversationContext context, CableMapping mapping, Spellings spellings) {
    this.session = context.session();
    this.entitlement = context.entitlement();
    this.mapping = mapping;
    this.spellings = spellings;
    session.channel().closeFuture().addListener(closed -> leaveAll());
  }

  private void leaveAll() {
    subscriptions.values().forEach(held -> spellings.leave(held.identifier));
    subscriptions.clear();
  }

  /** The subscription of an identifier, and whether the hub has answered it. */
  private static final class Held {
    private final CableIdentifier identifier;
    private boolean answered;

    private Held(CableIdentifier identifier) {
      this.identifier = identifier;
    }
  }

  /**
   * Welcomes the client. The time of its first ping is random, so that clients are not all pinged
   * at once.
   */
  @Override
  public void begin(Opening opening) {
    say(WELCOME);
    session.lane().schedule(nextBeat, ThreadLocalRandom.current().nextLong(BEAT_NANOS));
  }

  /** Pings the client, unless the connection is blocked. */
  private void beat() {
    if (session.isClosed()) {
      return;
    }
    if (!session.isBlocked()) {
      long seconds = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
      say(Frame.of(ascii("{\"type\":\"ping\",\"message\":" + seconds + '}')));
    }
    session.lane().schedule(nextBeat, BEAT_NANOS);
  }

  @Override
  public boolean onText(String text) {
    JsonNode message;
    try {
      message = Json.mapper().readTree(text);
    } catch (JacksonException e) {
      log.debug("no JSON text: {}", e.getOriginalMessage());
      return false;
    }
    JsonNode identifier = message.path("identifier");
    return identifier.isString()
        && obey(message.path("command").asString(""), identifier.stringValue());
  }

  private boolean obey(String command, String identifier) {
    return switch (command) {
      case "subscribe" -> subscribe(identifier);
      case "unsubscribe" -> unsubscribe(identifier);
      case "message" -> subscriptions.containsKey(identifier); // no channel takes messages
      default -> false;
    };
  }

  private boolean subscribe(String identifier) {
    Held held = subscriptions.get(identifier);
    if (held != null) {
      confirmAgain(identifier, held);
      return true;
    }
    CableIdentifier read;
    try {
      read = mapping.read(identifier);
    } catch (RejectedException e) {
      reject(identifier, e);
      return false;
    }
    try {
      begin(read);
    } catch (RejectedException e) { // the message was valid all the same
      reject(identifier, e);
    }
    return true;
  }

  /**
   * Confirms a repeated request: clients repeat it twice a second until the answer, and once for
   * each further listener.
   */
  private void confirmAgain(String identifier, Held held) {
    if (held.answered && session.isCurrent(held.identifier.channel())) {
      say(CableEnvelope.confirmation(identifier));
    }
  }

  private void begin(CableIdentifier identifier) {
    Channel channel = identifier.channel();
    if (session.holds(channel)) {
      throw new RejectedException(
          RequestError.LIMIT, "one identifier a channel: " + channel + " has one");
    }
    boolean snapshot = session.kindOf(channel.name()) != ChannelKind.EVENT;
    Options options = Options.all(snapshot, new CableEnvelope(identifier.text()));
    SubscriptionRequest request =
        entitlement.admit(new SubscriptionRequest(channel, options), List.of());
    spellings.take(identifier);
    Held held = new Held(identifier);
    subscriptions.put(identifier.text(), held);
    SubscribeCall.start(
        session, List.of(request), granted -> answer(identifier.text(), held, granted));
  }

  /**
   * Confirms a subscription that is live. One that is not yet is confirmed by its first frames, see
   * {@link CableEnvelope}.
   */
  private void answer(String identifier, Held held, List<SubscriptionGrant> granted) {
    if (subscriptions.get(identifier) != held) {
      return; // unsubscribed meanwhile
    }
    held.answered = true;
    for (SubscriptionGrant one : granted) {
      if (!one.pending()) {
        session.send(CableEnvelope.confirmation(identifier));
        one.newest().ifPresent(session::send);
      }
    }
    session.flush();
  }

  private void reject(String identifier, RejectedException why) {
    entitlement.rejectUntold(identifier, why);
    say(CableEnvelope.rejection(identifier));
  }

  private boolean unsubscribe(String identifier) {
    Held held = subscriptions.remove(identifier);
    if (held != null) {
      spellings.leave(held.identifier);
      session.unsubscribe(held.identifier.channel());
    }
    return true; // clients also end rejected subscriptions
  }

  private void say(Frame frame) {
    session.send(frame);
    session.flush();
  }

  @Override
  public void onReconnect(long afterMillis) {
    say(RESTART);
  }
}
