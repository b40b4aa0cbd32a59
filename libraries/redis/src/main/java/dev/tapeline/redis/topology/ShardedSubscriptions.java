package dev.tapeline.redis.topology;

/**
 * Subscriptions of the channels that a bus uses internally. In a cluster each channel belongs to
 * the node that has its slot: these are sharded subscriptions, with one connection a node, and they
 * follow a slot that moves. Elsewhere they are plain subscriptions over the bus's own connection.
 *
 * <p>Any thread may call. The thread that delivers the bus's messages calls all listeners.
 */
public interface ShardedSubscriptions extends AutoCloseable {

  /** Hears about one channel. Must not block. */
  interface Listener {

    /**
     * Each message is delivered from here on, until {@link #onLost}. May come again after that.
     *
     * @param over whose connection brings the messages
     */
    void onSubscribed(String channel, RedisSession over);

    void onMessage(String channel, byte[] payload);

    /** Messages may be missing from here on. The channel is being subscribed again. */
    void onLost(String channel);
  }

  /**
   * Subscribes at once, or as soon as the server of the channel can be reached.
   *
   * @param channel without the key prefix; not one that is subscribed already
   */
  void subscribe(String channel, Listener listener);

  /** Ends a subscription. Its listener is not called again. */
  void unsubscribe(String channel);

  /**
   * Subscribes a channel again after a request on its connection was refused because another node,
   * or no node, has the slot. The listener hears that the channel is lost.
   *
   * @param refusal what the node said
   */
  void renew(String channel, String refusal);

  /** A session of the bus has begun. Called by its thread. */
  void attach(RedisSession session);

  /** The session has ended. */
  void detach();

  @Override
  void close();
}
