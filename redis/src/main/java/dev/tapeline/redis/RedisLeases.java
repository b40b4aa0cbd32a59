package dev.tapeline.redis;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
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
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * The leases on Redis, over a connection of their own, so that a renewal waits for nothing else.
 * Before a lease is told to be held, its token is stamped into the partitions of the logs: from
 * then on they refuse what a former holder publishes. Safe for all threads.
 */
public final class RedisLeases implements Leases, AutoCloseable {

  private static final List<Integer> ALL = IntStream.range(0, Partitions.COUNT).boxed().toList();
  private static final String SCRIPT = read();

  private final RedisConnector connector;
  private final RedisLog log;
  private final RedisLink link;
  private final Pipeline pipeline;

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

  /** What Redis answered to a claim: whose the lease is. */
  record Grant(long token, long leftMillis) {

    boolean isGranted() {
      return token != 0;
    }
  }

  CompletionStage<Grant> ask(String lease, String claim, String holder, long millis) {
    Command<String, byte[], List<Object>> command =
        new Command<>(
            CommandType.EVAL,
            new ArrayOutput<>(RedisConnector.CODEC),
            args(lease).add("CLAIM").add(claim).addKey(holder).add(millis));
    return pipeline
        .send(command)
        .thenApply(answer -> new Grant(number(answer.get(0)), number(answer.get(1))));
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

  private static String read() {
    try (InputStream in = RedisLeases.class.getResourceAsStream("lease.lua")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends without giving leases up; the claims do that. */
  @Override
  public void close() {
    link.close();
  }
}
