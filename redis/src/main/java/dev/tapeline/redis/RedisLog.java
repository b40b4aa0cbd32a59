package dev.tapeline.redis;

import dev.tapeline.core.Append;
import dev.tapeline.core.BusException;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.FencedException;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The logs on Redis. What is appended together goes out in one flush, one call for each partition
 * and fence; calls of one partition are carried out in their order. Safe for all threads.
 */
final class RedisLog implements ChannelLog {

  private final Pipeline pipeline;
  private final LogCalls calls;
  private final DurableRules rules;
  private final AtomicLong sent = new AtomicLong();

  /** Counts what was sent plainly behind a fence; held while something is sent. */
  private final AtomicLong sends = new AtomicLong();

  private final AtomicLongArray answered = new AtomicLongArray(Partitions.COUNT);

  RedisLog(Pipeline pipeline, LogCalls calls, DurableRules rules) {
    this.pipeline = pipeline;
    this.calls = calls;
    this.rules = rules;
  }

  @Override
  public boolean keeps(String channel) {
    return rules.isDurable(channel);
  }

  @Override
  public CompletionStage<List<Append.Result>> append(List<Append> appends) {
    for (Append append : appends) {
      if (!keeps(append.publication().channel())) {
        return refused(append.publication().channel());
      }
    }
    List<AppendCall> batches = AppendCall.split(appends);
    Append.Result[] results = new Append.Result[appends.size()];
    long first = sent.getAndAdd(batches.size());
    List<CompletableFuture<List<Object>>> answers =
        pipeline.sendEach(batches.stream().map(this::command).toList());
    CompletableFuture<?>[] all = new CompletableFuture<?>[batches.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = concluded(batches.get(i), first + i, answers.get(i), results);
    }
    return CompletableFuture.allOf(all).thenApply(_ -> List.of(results));
  }

  private Command<String, byte[], List<Object>> command(AppendCall call) {
    return calls.command(
        new ArrayOutput<>(RedisConnector.CODEC),
        call.addTo(calls.args(LogFunction.PUBLISH_MANY, call.partition())));
  }

  private static <T> CompletionStage<T> refused(String channel) {
    return CompletableFuture.failedFuture(
        new BusException("'%s' is a plain channel: it has no log".formatted(channel)));
  }

  private CompletableFuture<Void> concluded(
      AppendCall call,
      long number,
      CompletableFuture<List<Object>> answer,
      Append.Result[] results) {
    int partition = call.partition();
    return answer
        .exceptionallyCompose(error ->
            LogCalls.isMissing(error)
                ? pipeline.with(calls::load).thenCompose(_ -> again(number, call))
                : CompletableFuture.failedFuture(error))
        .handle((result, error) -> {
          if (error == null) {
            answered.accumulateAndGet(partition, number, Math::max);
          }
          call.conclude(result, error, results);
          return null;
        });
  }

  /** Not past one that was sent later: within a channel, order holds. */
  private CompletionStage<List<Object>> again(long number, AppendCall call) {
    return answered.get(call.partition()) > number
        ? CompletableFuture.failedFuture(
            new BusException("Redis lacked the library of the logs; what was sent later is logged"))
        : pipeline.send(command(call));
  }

  private <T> CompletionStage<T> repeated(Supplier<Command<String, byte[], T>> command) {
    return pipeline
        .send(command.get())
        .exceptionallyCompose(error ->
            LogCalls.isMissing(error)
                ? pipeline.with(calls::load).thenCompose(_ -> pipeline.send(command.get()))
                : CompletableFuture.failedFuture(error));
  }

  @Override
  public CompletionStage<Extract> read(String channel, long after, int limit) {
    return read(LogFunction.READ, channel, after, limit);
  }

  @Override
  public CompletionStage<Extract> readSince(String channel, long millis, int limit) {
    return read(LogFunction.READ_SINCE, channel, millis, limit);
  }

  private CompletionStage<Extract> read(
      LogFunction function, String channel, long from, int limit) {
    if (!keeps(channel)) {
      return refused(channel);
    }
    return repeated(() ->
            calls.command(
                new ArrayOutput<>(RedisConnector.CODEC),
                calls
                    .args(function, Partitions.of(channel))
                    .addKey(channel)
                    .add(Math.max(0, from))
                    .add(Math.min(limit, MAX_READ))))
        .thenApply(answer -> extract(channel, answer));
  }

  /** Publications of one answer. */
  static final int MAX_READ = 10_000;

  private static Extract extract(String channel, List<Object> answer) {
    String epoch = LogEntry.text((byte[]) answer.get(0));
    Position top = new Position(epoch, (Long) answer.get(1));
    List<Entry> entries = new ArrayList<>(answer.size() - 3);
    for (Object entry : answer.subList(3, answer.size())) {
      entries.add(LogEntry.parse((byte[]) entry).of(channel, epoch));
    }
    return new Extract(top, (Long) answer.get(2), entries);
  }

  /**
   * Makes each of the partitions refuse older tokens of the lease.
   *
   * @return fails if any of them has seen a newer one
   */
  CompletionStage<Void> stamp(Fence fence, List<Integer> partitions) {
    return CompletableFuture.allOf(
        partitions.stream()
            .map(partition ->
                repeated(() ->
                        calls.command(
                            new StatusOutput<>(RedisConnector.CODEC),
                            calls
                                .args(LogFunction.FENCE, partition)
                                .addKey(fence.lease())
                                .add(fence.token())))
                    .toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  /**
   * Publishes plainly, unless the lease has another holder: one call for each partition, all in one
   * flush, in order within each channel.
   */
  CompletionStage<Void> send(List<Publication> plain, Fence fence) {
    long number;
    CompletionStage<Void> sending;
    synchronized (sends) {
      number = sends.incrementAndGet();
      sending = pipeline.sendAll(calls(plain, fence));
    }
    return sending
        .exceptionallyCompose(error ->
            LogCalls.isMissing(error)
                ? pipeline.with(calls::load).thenCompose(_ -> sendAgain(number, plain, fence))
                : CompletableFuture.failedFuture(error))
        .exceptionallyCompose(error -> CompletableFuture.failedFuture(fenced(error, fence)));
  }

  /** Not past one that was sent later: within a channel, order holds. */
  private CompletionStage<Void> sendAgain(long number, List<Publication> plain, Fence fence) {
    synchronized (sends) {
      return sends.get() > number
          ? CompletableFuture.failedFuture(
              new BusException("Redis lacked the library of the logs; more was sent meanwhile"))
          : pipeline.sendAll(calls(plain, fence));
    }
  }

  private List<Command<String, byte[], Long>> calls(List<Publication> plain, Fence fence) {
    Map<Integer, List<Publication>> parts = new TreeMap<>();
    for (Publication one : plain) {
      parts.computeIfAbsent(Partitions.of(one.channel()), _ -> new ArrayList<>()).add(one);
    }
    List<Command<String, byte[], Long>> commands = new ArrayList<>();
    parts.forEach((partition, part) -> {
      for (int from = 0; from < part.size(); from += AppendCall.MAX_PUBLICATIONS) {
        int to = Math.min(part.size(), from + AppendCall.MAX_PUBLICATIONS);
        commands.add(call(partition, part.subList(from, to), fence));
      }
    });
    return commands;
  }

  private Command<String, byte[], Long> call(int partition, List<Publication> part, Fence fence) {
    CommandArgs<String, byte[]> args =
        calls
            .args(LogFunction.SEND, partition)
            .add("FENCE")
            .addKey(fence.lease())
            .add(fence.token());
    part.forEach(one -> args.addKey(one.channel()).addValue(one.payload()));
    return calls.command(new IntegerOutput<>(RedisConnector.CODEC), args);
  }

  private static Throwable fenced(Throwable error, Fence fence) {
    Long token = tokenIn(error);
    return token == null ? error : new FencedException(fence.lease(), token);
  }

  static @Nullable Long tokenIn(Throwable error) {
    Throwable cause = error;
    while (cause != null) {
      String said = cause.getMessage();
      if (said != null && said.startsWith("FENCED ")) {
        return Long.parseLong(said.split(" ", 3)[1]);
      }
      cause = cause.getCause();
    }
    return null;
  }
}
