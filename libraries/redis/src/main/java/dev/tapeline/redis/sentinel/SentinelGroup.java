package dev.tapeline.redis.sentinel;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.SentinelAddress;
import dev.tapeline.redis.topology.CommandSender;
import dev.tapeline.redis.topology.Dialer;
import dev.tapeline.redis.topology.MasterRole;
import dev.tapeline.redis.topology.MisplacedException;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.SessionShards;
import dev.tapeline.redis.topology.ShardedSubscriptions;
import dev.tapeline.redis.topology.SingleSender;
import dev.tapeline.redis.topology.Topology;
import dev.tapeline.redis.wire.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology of a master that sentinels name. It watches all sentinels from the first use on.
 * Where they disagree, as they do for a while after one was away, the newest configuration counts.
 * Sessions at another server than the master are reported lost as soon as a sentinel says so.
 *
 * <p>I/O threads call it. The lock is held only while the views are read or changed.
 */
public final class SentinelGroup implements Topology, SentinelWatch.Listener {

  private static final long FIRST_ANSWER_MILLIS = 1_500;
  private static final Logger log = LoggerFactory.getLogger(SentinelGroup.class);

  private final Dialer dialer;
  private final SentinelAddress group;
  private final Map<RedisAddress, SentinelWatch.View> views = new HashMap<>();
  private final Map<RedisAddress, String> problems = new HashMap<>();
  private final Set<SingleSender> sessions = new HashSet<>();
  private CompletableFuture<RedisAddress> first = new CompletableFuture<>();
  private List<SentinelWatch> watches = List.of();
  private @Nullable RedisAddress master;

  public SentinelGroup(Dialer dialer, SentinelAddress group) {
    this.dialer = dialer;
    this.group = group;
  }

  @Override
  public CompletionStage<RedisAddress> locate() {
    watch();
    RedisAddress known = master();
    return known == null ? firstMaster() : CompletableFuture.completedFuture(known);
  }

  private synchronized void watch() {
    if (watches.isEmpty()) {
      watches =
          group.sentinels().stream()
              .map(sentinel -> new SentinelWatch(dialer, sentinel, group, this))
              .toList();
      watches.forEach(SentinelWatch::start);
    }
  }

  private synchronized @Nullable RedisAddress master() {
    return master;
  }

  /**
   * The first master that a sentinel names. Fails if every sentinel has a problem, or after a time
   * limit.
   */
  private CompletionStage<RedisAddress> firstMaster() {
    CompletableFuture<RedisAddress> answer = first().copy();
    Future<?> limit =
        dialer
            .timer()
            .schedule(
                () -> answer.completeExceptionally(new MisplacedException(problem())),
                FIRST_ANSWER_MILLIS,
                TimeUnit.MILLISECONDS);
    return answer.whenComplete((_, _) -> limit.cancel(false));
  }

  private synchronized CompletableFuture<RedisAddress> first() {
    return first;
  }

  private synchronized String problem() {
    return problems.isEmpty()
        ? "no sentinel has answered in time"
        : "no sentinel names the master: " + String.join("; ", new HashSet<>(problems.values()));
  }

  @Override
  public CompletionStage<CommandSender> connect(RedisAddress server) {
    return dialer
        .connect(server)
        .thenApply(connection -> joined(SingleSender.ofMaster(connection, server)));
  }

  private CommandSender joined(SingleSender session) {
    synchronized (this) {
      sessions.add(session);
    }
    session.whenLost(_ -> left(session));
    loseOthers();
    return session;
  }

  private synchronized void left(SingleSender session) {
    sessions.remove(session);
  }

  @Override
  public void onView(RedisAddress sentinel, SentinelWatch.View view) {
    if (learn(sentinel, view)) {
      log.info("The sentinels name {} as the master {}", view.master(), group.master());
    }
    first().complete(view.master());
    loseOthers();
  }

  private synchronized boolean learn(RedisAddress sentinel, SentinelWatch.View view) {
    views.put(sentinel, view);
    problems.remove(sentinel);
    RedisAddress before = master;
    master = newest().master();
    return !Objects.equals(before, master) && view.master().equals(master);
  }

  private SentinelWatch.View newest() {
    return views.values().stream()
        .max(Comparator.comparingLong(SentinelWatch.View::epoch))
        .orElseThrow();
  }

  /**
   * Drops what the sentinel said last. If no sentinel has a view, the master stays the last known
   * one.
   */
  @Override
  public void onProblem(RedisAddress sentinel, String problem) {
    CompletableFuture<RedisAddress> before = first();
    if (noteProblem(sentinel, problem)) {
      before.completeExceptionally(new MisplacedException(problem()));
    }
  }

  /**
   * Records a problem. Returns whether all sentinels have one now; later calls then wait for a new
   * answer.
   */
  private synchronized boolean noteProblem(RedisAddress sentinel, String problem) {
    views.remove(sentinel);
    problems.put(sentinel, problem);
    boolean none = problems.size() == group.sentinels().size() && !first.isDone();
    if (none) {
      first = new CompletableFuture<>();
    }
    return none;
  }

  private void loseOthers() {
    others().forEach(session -> session.lose("the sentinels name another server as the master"));
  }

  private synchronized List<SingleSender> others() {
    List<SingleSender> others = new ArrayList<>(sessions);
    others.removeIf(session -> session.server().equals(master));
    return others;
  }

  /**
   * Asks the role of the known master, because the server that subscribes may be another one than
   * the server that takes commands.
   */
  @Override
  public Request pulse(Consumer<@Nullable Throwable> callback) {
    RedisAddress known = master();
    return known == null ? Topology.super.pulse(callback) : MasterRole.ask(known, callback);
  }

  @Override
  public ShardedSubscriptions shards(RedisConnector connector) {
    return new SessionShards(dialer.keyPrefix());
  }

  @Override
  public void close() {
    List<SentinelWatch> started;
    synchronized (this) {
      started = watches;
    }
    started.forEach(SentinelWatch::close);
  }
}
