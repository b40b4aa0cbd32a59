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
 * The receiving half of the bus for the life of one connection. The thread of the connection
 * handles messages, confirmations and answers, in the order in which Redis sent them.
 *
 * <p>Each name is subscribed by a command of its own, because Redis confirms or refuses a command
 * as a whole. Patterns are served by {@link SharedPattern}s.
 */
public final class SessionReceiver implements PubSubConnection.Listener {

  private static final Logger log = LoggerFactory.getLogger(SessionReceiver.class);

  private final PubSubConnection connection;
  private final RedisConnector connector;
  private final BusSubscriptions subscriptions;
  private final Bus.Listener listener;
  private final RedisCounters counters;
  private final DurableRules rules;
  private final List<LatestListRule> latestLists;
  private final DurableReceiver durable;
  private final ConfirmedSubscriptions confirmed = new ConfirmedSubscriptions();
  private final ListHeadReader listHeads;

  /** The subscriptions in patterns that have asked to begin; of the connection's thread. */
  private final BusSubscriptionIndex matching = new BusSubscriptionIndex();

  private final Map<SharedPattern, List<BusSubscription>> waiting = new HashMap<>();

  /**
   * What the receivers of all sessions of a bus share.
   *
   * @param latestLists the first rule that matches says where a channel's newest publication lies
   */
  public record BusContext(
      RedisConnector connector,
      BusSubscriptions subscriptions,
      RedisCounters counters,
      DurableRules rules,
      List<LatestListRule> latestLists,
      DurableReceiver durable) {}

  public SessionReceiver(RedisSession session, Bus.Listener listener, BusContext context) {
    this.connection = session.pubSub();
    this.listHeads = new ListHeadReader(connection);
    this.listener = listener;
    this.connector = context.connector();
    this.subscriptions = context.subscriptions();
    this.counters = context.counters();
    this.rules = context.rules();
    this.latestLists = context.latestLists();
    this.durable = context.durable();
  }

  /**
   * Sends the commands that subscribe. Any thread may call, one at a time.
   *
   * @param change what Redis is to have of patterns
   * @param shared what serves the patterns among those that are asked for
   */
  void subscribe(
      List<BusSubscription> asked,
      SharedPatterns.Change change,
      Map<BusSubscription, SharedPattern> shared) {
    List<Request> requests = new ArrayList<>();
    List<BusSubscription> logged = new ArrayList<>();
    for (BusSubscription subscription : asked) {
      boolean plain = rules.mayBePlain(subscription.selector());
      boolean kept = rules.mayBeDurable(subscription.selector());
      subscription.expect((plain ? 1 : 0) + (kept ? 1 : 0));
      if (kept) {
        logged.add(subscription);
      }
      if (plain && !isPattern(subscription)) {
        addName(subscription, requests);
      }
    }
    addPatterns(change, requests);
    connection.send(requests);
    join(shared);
    if (!logged.isEmpty()) {
      connection.execute(() -> durable.begin(logged, this::begin));
    }
  }

  /** Sends the commands that change the patterns at Redis. Called as {@link #subscribe}. */
  void change(SharedPatterns.Change change) {
    List<Request> requests = new ArrayList<>();
    addPatterns(change, requests);
    connection.send(requests);
  }

  private void addPatterns(SharedPatterns.Change change, List<Request> requests) {
    for (SharedPattern shared : change.begun()) {
      requests.add(request("psubscribe", shared.pattern(), error -> onAnswer(shared, error)));
    }
    for (SharedPattern shared : change.ended()) {
      requests.add(request("punsubscribe", shared.pattern(), error -> onEnd(shared, error)));
    }
  }

  private void addName(BusSubscription subscription, List<Request> requests) {
    String key = latestKeyOf(subscription.selector());
    requests.add(
        request(
            "subscribe",
            subscription.selector(),
            error -> onAnswer(subscription, key == null, error)));
    if (key != null) {
      newest(key, subscription).ifPresent(requests::add);
    }
  }

  /** The key of the list that holds a channel's newest publication; null if there is none. */
  private @Nullable String latestKeyOf(Selector selector) {
    return latestLists.stream()
        .flatMap(rule -> rule.keyOf(selector.text()).stream())
        .findFirst()
        .orElse(null);
  }

  /** Begins patterns as soon as Redis has what serves them. */
  void join(Map<BusSubscription, SharedPattern> shared) {
    if (!shared.isEmpty()) {
      connection.execute(() -> shared.forEach(this::join));
    }
  }

  private void join(BusSubscription subscription, SharedPattern shared) {
    matching.add(subscription);
    if (confirmed.holds(shared)) {
      begin(subscription, List.of());
    } else {
      waiting.computeIfAbsent(shared, _ -> new ArrayList<>(1)).add(subscription);
    }
  }

  private void onAnswer(SharedPattern shared, @Nullable Throwable error) {
    List<BusSubscription> begun = Objects.requireNonNullElse(waiting.remove(shared), List.of());
    if (error == null) {
      confirmed.add(shared);
      begun.forEach(subscription -> begin(subscription, List.of()));
      subscriptions.confirmed(this, shared);
    } else if (noteRefusal("psubscribe", shared.pattern(), error)) {
      subscriptions.refused(this, shared, begun);
    }
  }

  private void onEnd(SharedPattern shared, @Nullable Throwable error) {
    if (error == null) {
      confirmed.remove(shared);
    } else {
      boolean _ = noteRefusal("punsubscribe", shared.pattern(), error);
    }
  }

  /**
   * Sends the commands that unsubscribe. Called as {@link #subscribe}. A pattern may be served by
   * one that stays at Redis, so it has ended once Redis has answered all commands before.
   */
  void unsubscribe(List<BusSubscription> dropped, SharedPatterns.Change change) {
    List<Request> requests = new ArrayList<>();
    addPatterns(change, requests);
    List<BusSubscription> logged = new ArrayList<>();
    List<BusSubscription> patterns = new ArrayList<>();
    for (BusSubscription subscription : dropped) {
      if (rules.mayBeDurable(subscription.selector())) {
        logged.add(subscription);
      }
      if (!rules.mayBePlain(subscription.selector())) {
        subscriptions.ended(subscription);
      } else if (isPattern(subscription)) {
        patterns.add(subscription);
      } else {
        requests.add(
            request("unsubscribe", subscription.selector(), error -> onEnd(subscription, error)));
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

  /**
   * Reads the newest entry of a list. A key of another type, or one that may not be read, counts as
   * empty.
   */
  private Optional<Request> newest(String key, BusSubscription subscription) {
    return listHeads.read(
        connector.prefixed(key),
        (value, error) -> {
          boolean answered = error == null || error instanceof RedisCommandExecutionException;
          if (answered && confirmed.holds(subscription)) {
            begin(subscription, newest(subscription, value));
          }
        });
  }

  private void onAnswer(BusSubscription name, boolean begins, @Nullable Throwable error) {
    if (error == null) {
      confirmed.add(name);
      if (begins) {
        begin(name, List.of());
      }
    } else if (noteRefusal("subscribe", name.selector(), error)) {
      subscriptions.ended(name);
    }
  }

  private void onEnd(BusSubscription name, @Nullable Throwable error) {
    if (error == null) {
      confirmed.remove(name);
      subscriptions.ended(name);
    } else if (noteRefusal("unsubscribe", name.selector(), error)) {
      subscriptions.ended(name);
    }
  }

  private void ended(BusSubscription pattern) {
    matching.remove(pattern);
    subscriptions.ended(pattern);
  }

  /**
   * Delivers what the subscription matches from here on, and tells the listener if it is still
   * wanted. A message that came before this point only through this subscription was dropped,
   * because it is not newer than {@code last}.
   */
  private void begin(BusSubscription subscription, List<Publication> last) {
    if (subscription.confirmPart() == BusSubscription.Confirmed.PARTLY) {
      return;
    }
    subscription.setBegun(true);
    if (subscription.isWanted()) {
      listener.onSubscribed(subscription.selector(), last);
    }
  }

  private static List<Publication> newest(BusSubscription subscription, byte @Nullable [] value) {
    return value == null
        ? List.of()
        : List.of(Publication.of(subscription.selector().text(), value));
  }

  /** Counts and logs a refusal by Redis; returns false if the connection ended instead. */
  private boolean noteRefusal(String kind, Selector selector, Throwable error) {
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
    BusSubscription own = confirmed.own(channel);
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
    return pattern != null && pattern.equals(confirmed.lookUpSource(channel));
  }

  /**
   * Whether the listener gets the message. While a channel moves between subscriptions, the one at
   * Redis may not be wanted any more, or the wanted one not be confirmed yet.
   */
  private boolean isDue(BusSubscription own, String channel) {
    return (own.hasBegun() && isStillWanted(own, channel)) || isMatched(channel);
  }

  private boolean isStillWanted(BusSubscription begun, String channel) {
    return begun.isWanted() || subscriptions.isStillWanted(begun, channel);
  }

  /**
   * Whether a pattern that has begun is wanted, or was followed by other subscriptions without a
   * break.
   */
  private boolean isMatched(String channel) {
    return matching.anyMatch(
        channel, pattern -> pattern.hasBegun() && isStillWanted(pattern, channel));
  }

  private static boolean isPattern(BusSubscription subscription) {
    return subscription.selector() instanceof Pattern;
  }
}
