package dev.tapeline.redis.topology;

import dev.tapeline.redis.wire.PubSubConnection;
import dev.tapeline.redis.wire.Request;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plain subscriptions over the bus's own connection, for topologies in which one server broadcasts
 * everything. Commands are sent under the lock, in the order of the calls. Listeners are called
 * without it.
 */
public final class SessionShards implements ShardedSubscriptions {

  private static final Logger log = LoggerFactory.getLogger(SessionShards.class);

  private final String keyPrefix;
  private final Map<String, Wanted> wanted = new LinkedHashMap<>();
  private @Nullable RedisSession session;

  public SessionShards(String keyPrefix) {
    this.keyPrefix = keyPrefix;
  }

  @Override
  public synchronized void subscribe(String channel, Listener listener) {
    Wanted added = new Wanted(channel, listener);
    if (wanted.putIfAbsent(channel, added) != null) {
      throw new IllegalArgumentException("'%s' is subscribed already".formatted(channel));
    }
    if (session != null) {
      added.subscribe(session);
    }
  }

  @Override
  public synchronized void unsubscribe(String channel) {
    Wanted dropped = wanted.remove(channel);
    if (dropped != null) {
      dropped.dropped = true;
      if (session != null) {
        dropped.unsubscribe(session.pubSub());
      }
    }
  }

  @Override
  public void renew(String channel, String refusal) {
    log.warn("A single server serves all channels, but refused {}: {}", channel, refusal);
  }

  @Override
  public synchronized void attach(RedisSession newest) {
    session = newest;
    wanted.values().forEach(each -> each.subscribe(newest));
  }

  @Override
  public void detach() {
    ended().forEach(Wanted::lost);
  }

  private synchronized List<Wanted> ended() {
    session = null;
    return new ArrayList<>(wanted.values());
  }

  @Override
  public synchronized void close() {
    wanted.values().forEach(each -> each.dropped = true);
    wanted.clear();
  }

  /** One channel; what it hears it hears by the connection's thread. */
  private final class Wanted implements PubSubConnection.ShardListener {

    private final String channel;
    private final Listener listener;
    private volatile boolean dropped;
    private volatile boolean subscribed;

    private Wanted(String channel, Listener listener) {
      this.channel = channel;
      this.listener = listener;
    }

    private void subscribe(RedisSession over) {
      over.pubSub()
          .send(
              List.of(
                  Request.subscription(
                      "subscribe", keyPrefix, channel, (_, error) -> answered(over, error))));
    }

    private void answered(RedisSession over, @Nullable Throwable error) {
      if (error instanceof RedisCommandExecutionException) {
        log.warn("Redis refused to subscribe {}: {}", channel, error.getMessage());
      } else if (error == null && !dropped) {
        over.pubSub().listen(channel, this);
        subscribed = true;
        listener.onSubscribed(channel, over);
      }
    }

    private void unsubscribe(PubSubConnection over) {
      over.send(
          List.of(
              Request.subscription(
                  "unsubscribe", keyPrefix, channel, (_, _) -> over.ignore(channel))));
    }

    private void lost() {
      if (subscribed && !dropped) {
        subscribed = false;
        listener.onLost(channel);
      }
    }

    @Override
    public void onMessage(byte[] payload) {
      if (!dropped) {
        listener.onMessage(channel, payload);
      }
    }

    @Override
    public void onEnded() {
      lost();
    }
  }
}
