package dev.tapeline.redis.lease;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.log.LogEntry;
import dev.tapeline.redis.log.LogFault;
import dev.tapeline.redis.log.Partitions;
import dev.tapeline.redis.log.RedisLog;
import dev.tapeline.redis.topology.Pipeline;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.RedisLink;
import dev.tapeline.redis.topology.RedisSession;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The leases on Redis. They have a connection of their own, so that a renewal waits for nothing
 * else. Before a lease is reported as held, its token is stamped into the partitions of the logs,
 * which from then on refuse publications of former holders. Safe for all threads.
 */
public final class RedisLeases implements Leases, AutoCloseable {

  private static final List<Integer> ALL = IntStream.range(0, Partitions.COUNT).boxed().toList();
  private static final String SCRIPT = read("lease.lua");

  private static final long PATIENCE_MILLIS = 1_000;

  private final RedisConnector connector;
  private final RedisLog log;
  private final RedisLink link;
  private final Pipeline pipeline;

  /** Completes when all leases that are being released have been. */
  private volatile CompletableFuture<Void> releases = CompletableFuture.completedFuture(null);

  /**
   * @param connector stays open when the leases are closed
   * @param bus on whose logs a lease's token counts
   */
  public RedisLeases(RedisConnector connector, RedisBus bus) {
    this.connector = connector;
    this.log = bus.logs();
    this.link = new RedisLink(connector, () -> RedisSession.open(connector));
    this.pipeline = new Pipeline(link);
    link.start();
  }

  @Override
  public Claim claim(String lease, String holder, Duration timeToLive, Listener listener) {
    return claim(lease, holder, timeToLive, listener, ALL);
  }

  /** Claims one whose token counts in some partitions only. */
  Claim claim(
      String lease,
      String holder,
      Duration timeToLive,
      Listener listener,
      List<Integer> partitions) {
    Channel.of(lease); // the same rules
    RedisClaim claim =
        new RedisClaim(this, lease, holder, timeToLive, listener, partitions, connector.thread());
    claim.start();
    return claim;
  }

  @Override
  public CompletionStage<List<Standing>> look(List<String> leases) {
    List<CompletableFuture<List<Object>>> answers =
        pipeline.sendEach(leases.stream().map(lease -> eval(args(lease).add("LOOK"))).toList());
    List<CompletableFuture<Standing>> standings =
        IntStream.range(0, leases.size())
            .mapToObj(i -> standing(leases.get(i), answers.get(i)))
            .toList();
    return CompletableFuture.allOf(standings.toArray(CompletableFuture[]::new))
        .thenApply(_ -> standings.stream().map(CompletableFuture::join).toList());
  }

  /** A lease that Redis refuses to look at, as its key is something else, nobody can hold. */
  private static CompletableFuture<Standing> standing(
      String lease, CompletableFuture<List<Object>> answer) {
    return answer
        .thenApply(found -> standing(lease, found))
        .exceptionallyCompose(error ->
            LogFault.refusal(error) == null
                ? CompletableFuture.failedFuture(LogFault.cause(error))
                : CompletableFuture.completedFuture(new Standing(lease, null, 0, 0, 0)));
  }

  private static Standing standing(String lease, List<Object> answer) {
    String holder = LogEntry.text((byte[]) answer.get(0));
    return new Standing(
        lease,
        holder.isEmpty() ? null : holder,
        number(answer.get(1)),
        number(answer.get(2)),
        number(answer.get(3)));
  }

  /** The answer of Redis to a claim. The token is 0 if another claim holds the lease. */
  record Grant(long token, long leftMillis, String holder) {

    boolean isGranted() {
      return token != 0;
    }
  }

  CompletionStage<Grant> ask(String lease, String claim, String holder, long millis) {
    return pipeline
        .send(eval(args(lease).add("CLAIM").add(claim).addKey(holder).add(millis)))
        .thenApply(answer ->
            new Grant(
                number(answer.get(0)),
                number(answer.get(1)),
                LogEntry.text((byte[]) answer.get(2))));
  }

  private static Command<String, byte[], List<Object>> eval(CommandArgs<String, byte[]> args) {
    return new Command<>(CommandType.EVAL, new ArrayOutput<>(RedisConnector.CODEC), args);
  }

  CompletionStage<Long> release(String lease, String claim) {
    return pipeline.send(
        new Command<>(
            CommandType.EVAL,
            new IntegerOutput<>(RedisConnector.CODEC),
            args(lease).add("RELEASE").add(claim)));
  }

  CompletionStage<Void> stamp(Fence fence, List<Integer> partitions) {
    return log.stamp(fence, partitions);
  }

  private CommandArgs<String, byte[]> args(String lease) {
    return new CommandArgs<>(RedisConnector.CODEC)
        .add(SCRIPT)
        .add(1)
        .addKey(connector.prefixed("tapeline:{lease:" + lease + "}"));
  }

  private static long number(Object text) {
    return Long.parseLong(LogEntry.text((byte[]) text));
  }

  static String read(String name) {
    try (InputStream in = RedisLeases.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The connection of the leases, for small commands that must not wait behind publications. */
  public Pipeline pipeline() {
    return pipeline;
  }

  /** Makes {@link #close} wait for a lease that is being released. */
  synchronized void releasing(CompletableFuture<Void> release) {
    releases = CompletableFuture.allOf(releases, release);
  }

  /**
   * Ends without releasing leases, which the claims do. Waits up to a second until releases have
   * reached Redis.
   */
  @Override
  public void close() {
    releases.completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
    link.close();
  }
}
