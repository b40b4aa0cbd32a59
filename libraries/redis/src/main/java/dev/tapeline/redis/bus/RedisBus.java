package dev.tapeline.redis.bus;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.tapeline.core.Append;
import dev.tapeline.core.Bus;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.FencedException;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.log.LogCalls;
import dev.tapeline.redis.log.RedisLog;
import dev.tapeline.redis.receive.BusSubscriptions;
import dev.tapeline.redis.receive.DurableReceiver;
import dev.tapeline.redis.receive.LatestListRule;
import dev.tapeline.redis.receive.LogRequests;
import dev.tapeline.redis.receive.RedisCounters;
import dev.tapeline.redis.receive.SessionReceiver;
import dev.tapeline.redis.topology.Pipeline;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.RedisLink;
import dev.tapeline.redis.topology.RedisSession;
import dev.tapeline.redis.topology.ShardedSubscriptions;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bus on Redis Pub/Sub. One connection subscribes and another one publishes; both are opened
 * anew when either is lost. One I/O thread calls the listener, which must not block it.
 *
 * <p>Starting never fails: the bus is down until Redis answers.
 */
public final class RedisBus implements Bus {

  private final RedisConnector connector;
  private final RedisCounters counters = new RedisCounters();
  private final BusSubscriptions subscriptions;
  private final RedisLink link;
  private final Pipeline pipeline;
  private final DurableRules rules;
  private final LogCalls calls;
  private final RedisLog log;
  private final DurableReceiver durable;
  private final ShardedSubscriptions shards;
  private final SessionReceiver.BusContext context;
  private volatile State state = State.DOWN;
  private @Nullable Listener listener;

  /** A bus on which all channels are plain. */
  public RedisBus(RedisConnector connector) {
    this(connector, DurableRules.NONE);
  }

  /** A bus that knows the newest publications of durable channels only. */
  public RedisBus(RedisConnector connector, DurableRules rules) {
    this(connector, rules, List.of());
  }

  /**
   * @param connector stays open when the bus is closed
   * @param latestLists where the newest publications of plain channels lie, which new subscribers
   *     of such a channel get
   */
  public RedisBus(RedisConnector connector, DurableRules rules, List<LatestListRule> latestLists) {
    this(connector, rules, latestLists, false);
  }

  /**
   * @param onlyScripts to do without functions where the server has them
   */
  RedisBus(
      RedisConnector connector,
      DurableRules rules,
      List<LatestListRule> latestLists,
      boolean onlyScripts) {
    this.connector = connector;
    this.rules = rules;
    this.subscriptions = new BusSubscriptions(rules);
    this.calls = new LogCalls(connector, rules, onlyScripts);
    this.link = new RedisLink(connector, this::open, new Life());
    this.pipeline = new Pipeline(link);
    this.shards = connector.topology().shards(connector);
    this.log = new RedisLog(pipeline, calls, rules);
    this.durable =
        new DurableReceiver(
            subscriptions,
            new LogRequests.LogContext(calls, pipeline, shards, counters, connector.timer()));
    this.context =
        new SessionReceiver.BusContext(
            connector, subscriptions, counters, rules, List.copyOf(latestLists), durable);
  }

  /** Opens a session. If there are durable channels, its servers get the library of the logs. */
  private CompletionStage<RedisSession> open() {
    CompletionStage<RedisSession> opening = RedisSession.openWithSubscriptions(connector);
    return rules.rules().isEmpty() ? opening : opening.thenCompose(this::equipped);
  }

  private CompletionStage<RedisSession> equipped(RedisSession session) {
    return calls
        .load(session)
        .thenApply(_ -> session)
        .whenComplete((_, error) -> {
          if (error != null) {
            session.close();
          }
        });
  }

  @Override
  public void start(Listener listener) {
    this.listener = listener;
    link.start();
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> publications) {
    List<Command<String, byte[], Long>> plain = new ArrayList<>();
    List<Append> durable = new ArrayList<>();
    for (Publication publication : publications) {
      if (rules.isDurable(publication.channel())) {
        durable.add(Append.of(publication));
      } else {
        plain.add(command(publication));
      }
    }
    CompletionStage<Void> done = pipeline.sendAll(plain);
    if (!durable.isEmpty()) {
      done = done.thenCombine(log.append(durable), (_, _) -> null);
    }
    return done.thenRun(() -> counters.published.add(publications.size()));
  }

  @Override
  public CompletionStage<Optional<Position>> publish(Publication publication) {
    return Bus.super
        .publish(publication)
        .thenApply(place -> {
          place.ifPresent(_ -> counters.published.increment());
          return place;
        });
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> publications, Fence fence) {
    List<Publication> plain = new ArrayList<>();
    List<Append> durable = new ArrayList<>();
    for (Publication publication : publications) {
      if (rules.isDurable(publication.channel())) {
        durable.add(Append.of(publication).withFence(fence));
      } else {
        plain.add(publication);
      }
    }
    CompletionStage<Void> done = log.send(plain, fence);
    if (!durable.isEmpty()) {
      done = done.thenCombine(log.append(durable).thenAccept(admitted(fence)), (_, _) -> null);
    }
    return done.thenRun(() -> counters.published.add(publications.size()));
  }

  /** Fails if the lease has another holder. */
  private static Consumer<List<Append.Result>> admitted(Fence fence) {
    return results ->
        results.forEach(result -> {
          if (result instanceof Append.Result.Fenced(long token)) {
            throw new FencedException(fence.lease(), token);
          }
        });
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
    subscriptions.add(List.of(selector));
  }

  @Override
  public void subscribe(List<Selector> selectors) {
    subscriptions.add(selectors);
  }

  @Override
  public void unsubscribe(Selector selector) {
    subscriptions.remove(List.of(selector));
  }

  @Override
  public void unsubscribe(List<Selector> selectors) {
    subscriptions.remove(selectors);
  }

  @Override
  public State state() {
    return state;
  }

  public RedisLog logs() {
    return log;
  }

  @Override
  public ChannelLog log() {
    return log;
  }

  /** Subscriptions beside the bus's own. The same thread calls their listeners. */
  ShardedSubscriptions shards() {
    return shards;
  }

  /** Ends the present session and opens another one, which subscribes to everything again. */
  public void renew(String why) {
    RedisSession session = link.live();
    if (session != null) {
      session.end(why);
    }
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
        Duration.ofNanos(link.pingNanos()),
        counters.ignoredPlain.sum(),
        counters.holes.sum(),
        counters.repaired.sum());
  }

  @Override
  public void close() {
    state = State.DOWN;
    shards.close();
    link.close();
  }

  /** Begins and ends the parts of the bus with each session. */
  private final class Life implements RedisLink.Listener {

    @Override
    public void onUp(RedisSession session) {
      SessionReceiver receiver = new SessionReceiver(session, started(), context);
      session.pubSub().listen(receiver);
      state = State.UP;
      started().onState(State.UP);
      durable.resume(started());
      feelPulseLater(session);
      subscriptions.attach(receiver);
      shards.attach(session);
    }

    @Override
    public void onDown() {
      subscriptions.detach();
      if (state == State.UP) {
        durable.pause();
        shards.detach();
      }
      state = State.DOWN;
      started().onState(State.DOWN);
    }

    private void feelPulseLater(RedisSession session) {
      if (!rules.rules().isEmpty()) {
        var _ =
            connector
                .timer()
                .schedule(() -> feelPulse(session), RedisLink.PULSE_MILLIS, MILLISECONDS);
      }
    }

    private void feelPulse(RedisSession session) {
      if (link.live() == session) {
        session.pubSub().execute(durable::feelPulse);
        feelPulseLater(session);
      }
    }

    private Listener started() {
      if (listener == null) {
        throw new IllegalStateException("the bus was not started");
      }
      return listener;
    }
  }
}
