package dev.tapeline.redis.cluster;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.RedisLink;
import dev.tapeline.redis.topology.RedisSession;
import dev.tapeline.redis.topology.ShardedSubscriptions;
import dev.tapeline.redis.wire.PubSubConnection;
import dev.tapeline.redis.wire.Request;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.SlotHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sharded subscriptions in a cluster. Each second, and sooner while something is wrong, every
 * channel is moved to the node that has its slot. The thread of the connections that subscribe owns
 * all state.
 */
final class ClusterShards implements ShardedSubscriptions {

  private static final long PERIOD_MILLIS = 1_000;
  private static final int MIN_RETRY_MILLIS = 50;
  private static final int MAX_RETRY_MILLIS = 400;
  private static final Logger log = LoggerFactory.getLogger(ClusterShards.class);

  private final RedisConnector connector;
  private final ClusterTopology topology;
  private final Executor thread;
  private final Map<String, Shard> shards = new HashMap<>();
  private final Map<RedisAddress, Node> nodes = new HashMap<>();
  private boolean started;
  private boolean closed;

  ClusterShards(RedisConnector connector, ClusterTopology topology) {
    this.connector = connector;
    this.topology = topology;
    this.thread = topology.dialer().pubSubThread();
  }

  @Override
  public void subscribe(String channel, Listener listener) {
    thread.execute(() -> {
      if (shards.putIfAbsent(channel, new Shard(channel, listener)) != null) {
        log.error("'{}' is subscribed already", channel);
      }
      align();
    });
  }

  @Override
  public void unsubscribe(String channel) {
    thread.execute(() -> {
      Shard dropped = shards.remove(channel);
      if (dropped != null) {
        dropped.leave();
        closeUnused();
      }
    });
  }

  @Override
  public void renew(String channel, String refusal) {
    thread.execute(() -> {
      Shard shard = shards.get(channel);
      if (shard != null && shard.asked != null) {
        shard.leave();
        shard.lost();
        shard.misplaced(refusal);
        alignLater();
      }
    });
  }

  private void alignLater() {
    topology.readSoon();
    after(retryMillis(), this::align);
  }

  @Override
  public void attach(RedisSession session) {
    thread.execute(() -> {
      if (!started) {
        started = true;
        look();
      }
    });
  }

  /** Does nothing, because the subscriptions have connections of their own. */
  @Override
  public void detach() {}

  @Override
  public void close() {
    thread.execute(() -> {
      closed = true;
      shards.clear();
      closeUnused();
    });
  }

  private void look() {
    if (!closed) {
      align();
      boolean settled = shards.values().stream().allMatch(shard -> shard.subscribed);
      if (!settled) {
        topology.readSoon();
      }
      after(settled ? PERIOD_MILLIS : retryMillis(), this::look);
    }
  }

  private static long retryMillis() {
    return ThreadLocalRandom.current().nextInt(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS + 1);
  }

  private void after(long millis, Runnable task) {
    var _ =
        topology
            .dialer()
            .timer()
            .schedule(() -> thread.execute(task), millis, TimeUnit.MILLISECONDS);
  }

  private void align() {
    for (Shard shard : List.copyOf(shards.values())) {
      RedisAddress owner = closed ? null : topology.map().ownerOf(shard.slot);
      if (owner != null) {
        shard.settle(nodes.computeIfAbsent(owner, Node::new));
      }
    }
    closeUnused();
  }

  private void closeUnused() {
    nodes
        .values()
        .removeIf(node -> {
          boolean unused = shards.values().stream().noneMatch(shard -> shard.node == node);
          if (unused) {
            node.link.close();
          }
          return unused;
        });
  }

  /** The connection to one node, which lasts as long as the node has the slot of some channel. */
  private final class Node implements RedisLink.Listener {

    private final RedisAddress server;
    private final RedisLink link;
    private @Nullable RedisSession session;

    private Node(RedisAddress server) {
      this.server = server;
      this.link =
          new RedisLink(
              connector, () -> RedisSession.openSubscriptions(connector, server), this, server);
      link.start();
    }

    @Override
    public void onUp(RedisSession newest) {
      thread.execute(() -> {
        session = newest;
        align();
      });
    }

    @Override
    public void onDown() {
      thread.execute(() -> {
        session = null;
        List.copyOf(shards.values()).stream().filter(it -> it.node == this).forEach(Shard::lost);
        topology.readSoon();
      });
    }
  }

  /** One channel and its subscription. */
  private final class Shard {

    private final String channel;
    private final Listener listener;
    private final int slot;
    private @Nullable Node node;
    private @Nullable RedisSession asked;
    private boolean subscribed;
    private @Nullable String complaint;

    private Shard(String channel, Listener listener) {
      this.channel = channel;
      this.listener = listener;
      this.slot = SlotHash.getSlot(connector.prefixed(channel));
    }

    private void settle(Node owner) {
      if (node != owner) {
        leave();
        lost();
        node = owner;
      }
      RedisSession over = owner.session;
      if (over != null && asked != over) {
        asked = over;
        over.pubSub().send(List.of(request("ssubscribe", error -> answered(over, error))));
      }
    }

    private Request request(String kind, Consumer<@Nullable Throwable> answered) {
      return Request.subscription(
          kind, connector.settings().keyPrefix(), channel, (_, error) -> answered.accept(error));
    }

    /**
     * Handles the answer to a subscription. A refusal is tried again, as most often the slot has
     * moved.
     */
    private void answered(RedisSession over, @Nullable Throwable error) {
      if (asked != over) {
        return;
      }
      if (error == null) {
        over.pubSub().listen(channel, new ChannelMessages(this, over));
        subscribed = true;
        listener.onSubscribed(channel, over);
        return;
      }
      asked = null;
      if (error instanceof RedisCommandExecutionException) {
        misplaced(String.valueOf(error.getMessage()));
      }
    }

    private void misplaced(String refusal) {
      Redirect redirect = Redirect.parse(refusal);
      if (redirect == null) {
        complain(refusal);
      } else if (node != null) {
        topology.follow(redirect, node.server);
      }
    }

    private void complain(String refusal) {
      if (!refusal.equals(complaint)) {
        complaint = refusal;
        log.warn("Redis refused {}: {}", channel, refusal);
      }
    }

    /**
     * Ends the subscription at the present node. The node may answer that it does not have the
     * slot, which is as good.
     */
    private void leave() {
      RedisSession over = asked;
      if (over != null && node != null && node.session == over) {
        PubSubConnection connection = over.pubSub();
        connection.send(List.of(request("sunsubscribe", _ -> connection.ignore(channel))));
      }
    }

    private void lost() {
      asked = null;
      if (subscribed) {
        subscribed = false;
        listener.onLost(channel);
      }
    }
  }

  /** The messages of one channel over one connection. */
  private final class ChannelMessages implements PubSubConnection.ShardListener {

    private final Shard shard;
    private final RedisSession over;

    private ChannelMessages(Shard shard, RedisSession over) {
      this.shard = shard;
      this.over = over;
    }

    @Override
    public void onMessage(byte[] payload) {
      if (shards.get(shard.channel) == shard && shard.asked == over) {
        shard.listener.onMessage(shard.channel, payload);
      }
    }

    @Override
    public void onEnded() {
      if (shard.asked == over) {
        shard.lost();
        topology.read().whenComplete((_, _) -> thread.execute(ClusterShards.this::align));
      }
    }
  }
}
