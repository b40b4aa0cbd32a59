package dev.tapeline.redis;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Publication;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving half of the bus for the life of one connection. Messages, confirmations and the
 * answers to what is read along with them are handled by that connection's thread, in the order in
 * which Redis sent them.
 *
 * <p>Each name is subscribed by a command of its own, as a command is confirmed or refused as a
 * whole.
 */
final class Subscriber implements PubSubConnection.Listener {

  private static final Logger log = LoggerFactory.getLogger(Subscriber.class);

  private final PubSubConnection connection;
  private final RedisConnector connector;
  private final Interests interests;
  private final Bus.Listener listener;
  private final RedisCounters counters;
  private final DurableRules rules;
  private final DurableReceiver durable;
  private final Upstream upstream = new Upstream();

  Subscriber(
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
    this.connector = connector;
    this.interests = interests;
    this.listener = listener;
    this.counters = counters;
  }

  /** Sends the commands that subscribe; may be called by any thread, one at a time. */
  void subscribe(List<Interest> asked) {
    List<Request> requests = new ArrayList<>();
    List<Interest> logged = new ArrayList<>();
    for (Interest interest : asked) {
      boolean plain = rules.mayBePlain(interest.selector());
      boolean kept = rules.mayBeDurable(interest.selector());
      interest.expect((plain ? 1 : 0) + (kept ? 1 : 0));
      if (kept) {
        logged.add(interest);
      }
      if (!plain) {
        continue;
      }
      String key = LastTick.keyOf(interest.selector());
      requests.add(
          request(
              isPattern(interest) ? "psubscribe" : "subscribe",
              interest,
              () -> confirmed(interest, key == null)));
      if (key != null) {
        requests.add(newest(key, interest));
      }
    }
    if (!requests.isEmpty()) {
      connection.send(requests);
    }
    if (!logged.isEmpty()) {
      connection.execute(() -> durable.begin(logged, this::begin));
    }
  }

  /** As {@link #subscribe}. */
  void unsubscribe(List<Interest> dropped) {
    List<Request> requests = new ArrayList<>();
    List<Interest> logged = new ArrayList<>();
    for (Interest interest : dropped) {
      if (rules.mayBeDurable(interest.selector())) {
        logged.add(interest);
      }
      if (rules.mayBePlain(interest.selector())) {
        String kind = isPattern(interest) ? "punsubscribe" : "unsubscribe";
        requests.add(request(kind, interest, () -> ended(interest)));
      } else {
        interests.ended(interest);
      }
    }
    if (!requests.isEmpty()) {
      connection.send(requests);
    }
    if (!logged.isEmpty()) {
      connection.execute(() -> durable.end(logged));
    }
  }

  private Request request(String kind, Interest interest, Runnable confirmed) {
    return Request.subscription(
        kind,
        connector.settings().keyPrefix(),
        interest.selector().text(),
        (_, error) -> {
          if (error == null) {
            confirmed.run();
          } else {
            refused(kind, interest, error);
          }
        });
  }

  /** A key of another type, or one that may not be read, has no newest entry. */
  private Request newest(String key, Interest interest) {
    return Request.of(
        "LINDEX",
        List.of(connector.prefixed(key), "0"),
        (value, error) -> {
          boolean answered = error == null || error instanceof RedisCommandExecutionException;
          if (answered && upstream.holds(interest)) {
            begin(interest, newest(interest, value));
          }
        });
  }

  private void confirmed(Interest interest, boolean begins) {
    upstream.add(interest);
    if (begins) {
      begin(interest, List.of());
    }
  }

  private void ended(Interest interest) {
    upstream.remove(interest);
    interests.ended(interest);
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

  private void refused(String kind, Interest interest, Throwable error) {
    if (error instanceof RedisCommandExecutionException) {
      interests.ended(interest);
      counters.refused.increment();
      log.warn("Redis refused {} {}: {}", kind, interest.selector(), error.getMessage());
    }
  }

  @Override
  public void onMessage(@Nullable String pattern, String channel, byte[] payload) {
    counters.received.increment();
    if (!rules.rules().isEmpty() && Partitions.isKey(channel)) {
      return; // a pattern's copy of a broadcast
    }
    if (channel.equals(RedisAdopter.MARKS) && !rules.rules().isEmpty()) {
      return; // of adopters, to each other
    }
    Interest source = upstream.sourceOf(channel);
    if (source == null || !isCopyOf(source, pattern)) {
      counters.duplicates.increment();
    } else if (!Channel.isValid(channel)) {
      counters.invalidNames.increment();
    } else if (isPattern(source) && rules.isDurable(channel)) {
      counters.ignoredPlain.increment();
    } else if (isDue(source, channel)) {
      listener.onPublication(Publication.of(channel, payload));
    }
  }

  private static boolean isCopyOf(Interest source, @Nullable String pattern) {
    return pattern == null
        ? !isPattern(source)
        : isPattern(source) && pattern.equals(source.selector().text());
  }

  /**
   * Whether the listener is to have it. While a channel moves from one subscription to another, the
   * one that brings it may be wanted no longer, or the one that is wanted be on its way.
   */
  private boolean isDue(Interest source, String channel) {
    return (source.isWanted() || interests.isStillWanted(source, channel))
        && (source.hasBegun() || upstream.hasBegun(channel));
  }

  private static boolean isPattern(Interest interest) {
    return interest.selector() instanceof Pattern;
  }
}
