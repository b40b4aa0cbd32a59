package dev.tapeline.redis.topology;

/**
 * Subscriptions of channels that a bus uses for itself. In a cluster each channel belongs to the
 * node that has its slot, and they are sharded ones, over one connection a node, which follow the
 * slot to where it goes; elsewhere they are plain ones over the bus's own connection.
 *
 * <p>May be used by any thread. All listeners are called by the thread that delivers the bus's
 * messages.
 */
public interface ShardedSubscriptions extends AutoCloseable {

  /** Hears about one channel; must not block. */
  interface Listener {

    /**
     * From here on each message is delivered, until {@link #onLost}. Comes again after that.
     *
     * @param over whose connection brings the messages
     */
    void onSubscribed(String channel, RedisSession over);

    void onMessage(String channel, byte[] payload);

    /** Messages may be missed from here on; it is being subscribed again. */
    void onLost(String channel);
  }

  /**
   * Subscribes at once, or as soon as its server can be reached.
   *
   * @param channel without the key prefix; not one that is subscribed already
   */
  void subscribe(String channel, Listener listener);

  /** Takes a {@link #subscribe} back: the listener hears nothing more. */
  void unsubscribe(String channel);

  /**
   * What was asked on a channel's connection has been refused, as another node has the channel's
   * slot, or none: loses the channel, and subscribes it again soon, where it then is.
   *
   * @param refusal what the node said
   */
  void renew(String channel, String refusal);

  /** A session of the bus has begun; called by its thread. */
  void attach(RedisSession session);

  /** It has ended. */
  void detach();

  @Override
  void close();
}
