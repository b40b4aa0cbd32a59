package dev.tapeline.redis;

import dev.tapeline.core.Bus;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.NoLog;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The bus on Redis Pub/Sub: one connection subscribes, another publishes, and both are opened anew
 * when either is lost. The listener is called by one I/O thread, which it must not block.
 *
 * <p>Starting never fails: the bus is down until Redis answers.
 */
public final class RedisBus implements Bus {

  private final RedisConnector connector;
  private final RedisCounters counters = new RedisCounters();
  private final Interests interests = new Interests();
  private final RedisLink link;
  private final Pipeline pipeline;
  private final ShardedSubscriptions shards;
  private volatile State state = State.DOWN;
  private @Nullable Listener listener;

  /**
   * @param connector stays open when the bus is closed
   */
  public RedisBus(RedisConnector connector) {
    this.connector = connector;
    this.link =
        new RedisLink(
            connector,
            () -> RedisSession.openWithSubscriptions(connector),
            new Life(),
            counters.received::sum);
    this.pipeline = new Pipeline(link);
    this.shards = connector.topology().shards(connector);
  }

  @Override
  public void start(Listener listener) {
    this.listener = listener;
    link.start();
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> publications) {
    return pipeline
        .sendAll(publications.stream().map(this::command).toList())
        .thenRun(() -> counters.published.add(publications.size()));
  }

  private Command<String, byte[], Long> command(Publication publication) {
    return new Command<>(
        CommandType.PUBLISH,
        new IntegerOutput<>(RedisConnector.CODEC),
        new CommandArgs<>(RedisConnector.CODEC)
            .addKey(connector.prefixed(publication.channel()))
            .addValue(publication.payload()));
  }

  @Override
  public void subscribe(Selector selector) {
    interests.add(selector);
  }

  @Override
  public void unsubscribe(Selector selector) {
    interests.remove(selector);
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public ChannelLog log() {
    return NoLog.INSTANCE;
  }

  /** Subscriptions beside the bus's own, heard by the same thread. */
  ShardedSubscriptions shards() {
    return shards;
  }

  /** Why the bus is down, for people to read. */
  public String problem() {
    return link.problem();
  }

  public RedisStats stats() {
    return new RedisStats(
        counters.published.sum(),
        counters.received.sum(),
        counters.duplicates.sum(),
        counters.invalidNames.sum(),
        counters.refused.sum(),
        link.reconnects(),
        pipeline.unanswered(),
        Duration.ofNanos(link.pingNanos()));
  }

  @Override
  public void close() {
    state = State.DOWN;
    shards.close();
    link.close();
  }

  /** What a session's beginning and end mean for the bus. */
  private final class Life implements RedisLink.Listener {

    @Override
    public void onUp(RedisSession session) {
      Subscriber subscriber = new Subscriber(session, connector, interests, started(), counters);
      session.pubSub().listen(subscriber);
      state = State.UP;
      started().onState(State.UP);
      interests.attach(subscriber);
      shards.attach(session);
    }

    @Override
    public void onDown() {
      interests.detach();
      shards.detach();
      state = State.DOWN;
      started().onState(State.DOWN);
    }

    private Listener started() {
      if (listener == null) {
        throw new IllegalStateException("the bus was not started");
      }
      return listener;
    }
  }
}
