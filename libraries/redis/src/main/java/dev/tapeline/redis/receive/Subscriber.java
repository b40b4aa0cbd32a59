package dev.tapeline.redis.receive;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.InnerNames;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.log.Partitions;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.RedisSession;
import dev.tapeline.redis.wire.PubSubConnection;
import dev.tapeline.redis.wire.Request;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving half of the bus for the life of one connection. Messages, confirmations and the
 * answers to what is read along with them are handled by that connection's thread, in the order in
 * which Redis sent them.
 *
 * <p>Each name is subscribed by a command of its own, as a command is confirmed or refused as a
 * whole. Patterns are served by {@link Cover}s.
 */
public final class Subscriber implements PubSubConnection.Listener {

  private static final Logger log = LoggerFactory.getLogger(Subscriber.class);

  private final PubSubConnection connection;
  private final RedisConnector connector;
  private final Interests interests;
  private final Bus.Listener listener;
  private final RedisCounters counters;
  private final DurableRules rules;
  private final DurableReceiver durable;
  private final Upstream upstream = new Upstream();
  private final NewestTicks newestTicks;

  /** The interests in patterns that have asked to begin; of the connection's thread. */
  private final InterestMap matching = new InterestMap();

  private final Map<Cover, List<Interest>> waiting = new HashMap<>();

  public Subscriber(
      RedisSession session,
      RedisConnector connector,
      Interests interests,
      Bus.Listener listener,
      RedisCounters counters,
      DurableRules rules,
      DurableReceiver durable) {
    this.rules = rules;
    this.durable = durable;
    this.connection = session.pubSub();
    this.newestTicks = new NewestTicks(connection);
    this.connector = connector;
    this.interests = interests;
    this.listener = listener;
    this.counters = counters;
  }

  /**
   * Sends the commands that subscribe; may be called by any thread, one at a time.
   *
   * @param change what Redis is to have of patterns
   * @param covers what serves the patterns among those that are asked for
   */
  void subscribe(List<Interest> asked, Coverings.Change change, Map<Interest, Cover> covers) {
    List<Request> requests = new ArrayList<>();
    List<Interest> logged = new ArrayList<>();
    for (Interest interest : asked) {
      boolean plain = rules.mayBePlain(interest.selector());
      boolean kept = rules.mayBeDurable(interest.selector());
      interest.expect((plain ? 1 : 0) + (kept ? 1 : 0));
      if (kept) {
        logged.add(interest);
      }
      if (plain && !isPattern(interest)) {
        addName(interest, requests);
      }
    }
    addPatterns(change, requests);
    connection.send(requests);
    join(covers);
    if (!logged.isEmpty()) {
      connection.execute(() -> durable.begin(logged, this::begin));
    }
  }

  /** Sends the commands that change what Redis has of patterns; as {@link #subscribe}. */
  void change(Coverings.Change change) {
    List<Request> requests = new ArrayList<>();
    addPatterns(change, requests);
    connection.send(requests);
  }

  private void addPatterns(Coverings.Change change, List<Request> requests) {
    for (Cover cover : change.begun()) {
      requests.add(request("psubscribe", cover.pattern(), error -> onAnswer(cover, error)));
    }
    for (Cover cover : change.ended()) {
      requests.add(request("punsubscribe", cover.pattern(), error -> onEnd(cover, error)));
    }
  }

  private void addName(Interest interest, List<Request> requests) {
    String key = LastTick.keyOf(interest.selector());
    requests.add(
        request("subscribe", interest.selector(), error -> onAnswer(interest, key == null, error)));
    if (key != null) {
      newest(key, interest).ifPresent(requests::add);
    }
  }

  /** Has patterns begin as soon as Redis has what serves them. */
  void join(Map<Interest, Cover> covers) {
    if (!covers.isEmpty()) {
      connection.execute(() -> covers.forEach(this::join));
    }
  }

  private void join(Interest interest, Cover cover) {
    matching.add(interest);
    if (upstream.holds(cover)) {
      begin(interest, List.of());
    } else {
      waiting.computeIfAbsent(cover, _ -> new ArrayList<>(1)).add(interest);
    }
  }

  private void onAnswer(Cover cover, @Nullable Throwable error) {
    List<Interest> begun = Objects.requireNonNullElse(waiting.remove(cover), List.of());
    if (error == null) {
      upstream.add(cover);
      begun.forEach(interest -> begin(interest, List.of()));
      interests.confirmed(this, cover);
    } else if (isRefusal("psubscribe", cover.pattern(), error)) {
      interests.refused(this, cover, begun);
    }
  }

  private void onEnd(Cover cover, @Nullable Throwable error) {
    if (error == null) {
      upstream.remove(cover);
    } else {
      boolean _ = isRefusal("punsubscribe", cover.pattern(), error);
    }
  }

  /**
   * As {@link #subscribe}. A pattern may have been served by what stays on Redis: it has ended when
   * all that Redis was asked before is answered.
   */
  void unsubscribe(List<Interest> dropped, Coverings.Change change) {
    List<Request> requests = new ArrayList<>();
    addPatterns(change, requests);
    List<Interest> logged = new ArrayList<>();
    List<Interest> patterns = new ArrayList<>();
    for (Interest interest : dropped) {
      if (rules.mayBeDurable(interest.selector())) {
        logged.add(interest);
      }
      if (!rules.mayBePlain(interest.selector())) {
        interests.ended(interest);
      } else if (isPattern(interest)) {
        patterns.add(interest);
      } else {
        requests.add(request("unsubscribe", interest.selector(), error -> onEnd(interest, error)));
      }
    }
    if (!patterns.isEmpty()) {
      requests.add(Request.of("PING", List.of(), (_, _) -> patterns.forEach(this::ended)));
    }
    connection.send(requests);
    if (!logged.isEmpty()) {
      connection.execute(() -> durable.end(logged));
    }
  }

  private Request request(String kind, Selector selector, Consumer<@Nullable Throwable> answered) {
    return Request.subscription(
        kind,
        connector.settings().keyPrefix(),
        selector.text(),
        (_, error) -> answered.accept(error));
  }

  /** A key of another type, or one that may not be read, has no newest entry. */
  private Optional<Request> newest(String key, Interest interest) {
    return newestTicks.read(
        connector.prefixed(key),
        (value, error) -> {
          boolean answered = error == null || error instanceof RedisCommandExecutionException;
          if (answered && upstream.holds(interest)) {
            begin(interest, newest(interest, value));
          }
        });
  }

  private void onAnswer(Interest name, boolean begins, @Nullable Throwable error) {
    if (error == null) {
      upstream.add(name);
      if (begins) {
        begin(name, List.of());
      }
    } else if (isRefusal("subscribe", name.selector(), error)) {
      interests.ended(name);
    }
  }

  private void onEnd(Interest name, @Nullable Throwable error) {
    if (error == null) {
      upstream.remove(name);
      interests.ended(name);
    } else if (isRefusal("unsubscribe", name.selector(), error)) {
      interests.ended(name);
    }
  }

  private void ended(Interest pattern) {
    matching.remove(pattern);
    interests.ended(pattern);
  }

  /**
   * Delivers from here on what the interest matches, and tells the listener unless it has lost
   * interest meanwhile. A publication that came before this point only by way of this interest was
   * dropped: it is not newer than {@code last}.
   */
  private void begin(Interest interest, List<Publication> last) {
    if (!interest.isLastPart()) {
      return;
    }
    interest.setBegun(true);
    if (interest.isWanted()) {
      listener.onSubscribed(interest.selector(), last);
    }
  }

  private static List<Publication> newest(Interest interest, byte @Nullable [] value) {
    return value == null ? List.of() : List.of(Publication.of(interest.selector().text(), value));
  }

  /** Whether Redis has said no, and not the connection ended. */
  private boolean isRefusal(String kind, Selector selector, Throwable error) {
    boolean refused = error instanceof RedisCommandExecutionException;
    if (refused) {
      counters.refused.increment();
      log.warn("Redis refused {} {}: {}", kind, selector, error.getMessage());
    }
    return refused;
  }

  @Override
  public void onMessage(@Nullable String pattern, String channel, byte[] payload) {
    counters.received.increment();
    if (InnerNames.isOfRedis(channel)) {
      counters.invalidNames.increment();
      return; // not ours: a pattern matches them
    }
    if (!rules.rules().isEmpty() && Partitions.isKey(channel)) {
      return; // a pattern's copy of a broadcast
    }
    if (channel.equals(Partitions.ADOPTER_MARKS) && !rules.rules().isEmpty()) {
      return; // of adopters, to each other
    }
    Interest own = upstream.own(channel);
    boolean source = own == null ? isSource(pattern, channel) : pattern == null;
    if (!source) {
      counters.duplicates.increment();
    } else if (!Channel.isValid(channel)) {
      counters.invalidNames.increment();
    } else if (own == null && rules.isDurable(channel)) {
      counters.ignoredPlain.increment();
    } else if (own == null ? isMatched(channel) : isDue(own, channel)) {
      listener.onPublication(Publication.of(channel, payload));
    }
  }

  private boolean isSource(@Nullable String pattern, String channel) {
    return pattern != null && upstream.isSource(pattern, channel);
  }

  /**
   * Whether the listener is to have it. While a channel moves from one interest to another, the one
   * that Redis has may be wanted no longer, or the one that is wanted be on its way.
   */
  private boolean isDue(Interest own, String channel) {
    return (own.hasBegun() && isStillWanted(own, channel)) || isMatched(channel);
  }

  private boolean isStillWanted(Interest begun, String channel) {
    return begun.isWanted() || interests.isStillWanted(begun, channel);
  }

  /** Whether a pattern that has begun is wanted, or others have been since. */
  private boolean isMatched(String channel) {
    return matching.anyMatch(
        channel, pattern -> pattern.hasBegun() && isStillWanted(pattern, channel));
  }

  private static boolean isPattern(Interest interest) {
    return interest.selector() instanceof Pattern;
  }
}
