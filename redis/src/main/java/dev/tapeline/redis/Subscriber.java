package dev.tapeline.redis;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.pubsub.PubSubOutput;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
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
final class Subscriber extends RedisPubSubAdapter<String, byte[]> {

  private static final Logger log = LoggerFactory.getLogger(Subscriber.class);

  private final StatefulRedisPubSubConnection<String, byte[]> connection;
  private final RedisConnector connector;
  private final Interests interests;
  private final Bus.Listener listener;
  private final RedisCounters counters;
  private final Upstream upstream = new Upstream();
  private final int prefixLength;

  Subscriber(
      RedisSession session,
      RedisConnector connector,
      Interests interests,
      Bus.Listener listener,
      RedisCounters counters) {
    this.connection = session.pubSub();
    this.connector = connector;
    this.interests = interests;
    this.listener = listener;
    this.counters = counters;
    this.prefixLength = connector.settings().keyPrefix().length();
  }

  /** Sends the commands that subscribe; may be called by any thread, one at a time. */
  void subscribe(List<Interest> asked) {
    List<RedisCommand<String, byte[], ?>> commands = new ArrayList<>();
    for (Interest interest : asked) {
      String key = LastTick.keyOf(interest.selector());
      commands.add(
          command(
              isPattern(interest) ? CommandType.PSUBSCRIBE : CommandType.SUBSCRIBE,
              interest,
              () -> confirmed(interest, key == null)));
      if (key != null) {
        commands.add(newest(key, interest));
      }
    }
    if (!commands.isEmpty()) {
      connection.dispatch(commands);
    }
  }

  void unsubscribe(Interest interest) {
    connection.dispatch(
        command(
            isPattern(interest) ? CommandType.PUNSUBSCRIBE : CommandType.UNSUBSCRIBE,
            interest,
            () -> ended(interest)));
  }

  private RedisCommand<String, byte[], ?> command(
      CommandType type, Interest interest, Runnable confirmed) {
    String name = connector.prefixed(interest.selector().text());
    return followed(
        new Command<>(
            type,
            new PubSubOutput<>(RedisConnector.CODEC),
            new CommandArgs<>(RedisConnector.CODEC).addKey(name)),
        (count, error) -> {
          if (error == null) {
            confirmed.run();
          } else {
            refused(type, interest, error);
          }
        });
  }

  /** A key of another type, or one that may not be read, has no newest entry. */
  private RedisCommand<String, byte[], ?> newest(String key, Interest interest) {
    return followed(
        new Command<>(
            CommandType.LINDEX,
            new ValueOutput<>(RedisConnector.CODEC),
            new CommandArgs<>(RedisConnector.CODEC).addKey(connector.prefixed(key)).add(0)),
        (value, error) -> {
          boolean answered = error == null || error instanceof RedisCommandExecutionException;
          if (answered && upstream.holds(interest)) {
            begin(interest, value);
          }
        });
  }

  /** The callback is there before the command is sent: so it runs on the connection's thread. */
  private static <T> RedisCommand<String, byte[], T> followed(
      Command<String, byte[], T> command,
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> callback) {
    AsyncCommand<String, byte[], T> sent = new AsyncCommand<>(command);
    var _ = sent.whenComplete(callback);
    return sent;
  }

  private void confirmed(Interest interest, boolean begins) {
    upstream.add(interest);
    if (begins) {
      begin(interest, null);
    }
  }

  private void ended(Interest interest) {
    upstream.remove(interest);
  }

  /**
   * Delivers from here on what the interest matches, and tells the listener unless it has lost
   * interest meanwhile. A publication that came before this point only by way of this interest was
   * dropped: it is not newer than {@code last}.
   */
  private void begin(Interest interest, byte @Nullable [] last) {
    interest.setBegun(true);
    if (interest.isWanted()) {
      Selector selector = interest.selector();
      listener.onSubscribed(
          selector, last == null ? List.of() : List.of(Publication.of(selector.text(), last)));
    }
  }

  private void refused(CommandType type, Interest interest, Throwable error) {
    if (error instanceof RedisCommandExecutionException) {
      counters.refused.increment();
      log.warn("Redis refused {} {}: {}", type, interest.selector(), error.getMessage());
    }
  }

  @Override
  public void message(String channel, byte[] payload) {
    receive(null, channel, payload);
  }

  @Override
  public void message(String pattern, String channel, byte[] payload) {
    receive(pattern, channel, payload);
  }

  private void receive(@Nullable String pattern, String prefixed, byte[] payload) {
    counters.received.increment();
    String channel = prefixed.substring(prefixLength);
    Interest source = upstream.sourceOf(channel);
    if (source == null || !isCopyOf(source, pattern)) {
      counters.duplicates.increment();
    } else if (!Channel.isValid(channel)) {
      counters.invalidNames.increment();
    } else if (isDue(source, channel)) {
      listener.onPublication(Publication.of(channel, payload));
    }
  }

  private boolean isCopyOf(Interest source, @Nullable String pattern) {
    return pattern == null
        ? !isPattern(source)
        : isPattern(source) && isSame(pattern, source.selector().text());
  }

  private boolean isSame(String prefixedPattern, String pattern) {
    return prefixedPattern.length() == prefixLength + pattern.length()
        && prefixedPattern.endsWith(pattern);
  }

  /**
   * Whether the listener is to have it. While a channel moves from one subscription to another, the
   * one that brings it may be wanted no longer, or the one that is wanted be on its way.
   */
  private boolean isDue(Interest source, String channel) {
    return (source.isWanted() || interests.wants(channel))
        && (source.hasBegun() || upstream.hasBegun(channel));
  }

  private static boolean isPattern(Interest interest) {
    return interest.selector() instanceof Pattern;
  }
}
