package dev.tapeline.redis.log;

import dev.tapeline.core.Append;
import dev.tapeline.core.BusException;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.FencedException;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.topology.Pipeline;
import dev.tapeline.redis.topology.RedisConnector;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The logs on Redis. Publications that are appended together leave in one flush, with one call for
 * each partition and fence. Calls of one partition are carried out in their order. Safe for all
 * threads.
 */
public final class RedisLog implements ChannelLog {

  private static final int MAX_ATTEMPTS = 4;

  private final Pipeline pipeline;
  private final LogCalls calls;
  private final DurableRules rules;
  private final List<PartitionSequencer> sequencers;

  public RedisLog(Pipeline pipeline, LogCalls calls, DurableRules rules) {
    this.pipeline = pipeline;
    this.calls = calls;
    this.rules = rules;
    this.sequencers =
        IntStream.range(0, Partitions.COUNT)
            .mapToObj(partition -> new PartitionSequencer(this::send, () -> equip(partition)))
            .toList();
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
    Append.Result[] results = new Append.Result[appends.size()];
    return sendAll(
            AppendCall.split(appends),
            (call, answer) -> call.conclude(answer.results(), answer.error(), results))
        .thenApply(_ -> List.of(results));
  }

  /**
   * Publishes plainly with a fence, in order within each channel.
   *
   * @return fails with {@link FencedException} if so
   */
  public CompletionStage<Void> send(List<Publication> plain, Fence fence) {
    return sendAll(SendCall.split(plain, fence), SendCall::conclude);
  }

  /** Completes once all calls have been answered. The conclusion of a call may throw. */
  private <C extends LogCall> CompletableFuture<Void> sendAll(
      List<C> newest, BiConsumer<C, PartitionSequencer.Answer> conclusion) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    List<PartitionSequencer.Place> due = new ArrayList<>();
    for (C call : newest) {
      CompletableFuture<PartitionSequencer.Answer> answer = new CompletableFuture<>();
      all.add(answer.thenAccept(given -> conclusion.accept(call, given)));
      PartitionSequencer.Place place = new PartitionSequencer.Place(call, answer::complete);
      if (sequencers.get(call.partition()).enter(place) == PartitionSequencer.Admission.SEND) {
        due.add(place);
      }
    }
    send(due);
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  /** Sends calls in one flush for each server. */
  private void send(List<PartitionSequencer.Place> places) {
    if (places.isEmpty()) {
      return;
    }
    List<CompletableFuture<List<Object>>> answers =
        pipeline.sendEach(places.stream().map(place -> command(place.call())).toList());
    for (int i = 0; i < answers.size(); i++) {
      PartitionSequencer.Place place = places.get(i);
      PartitionSequencer sequencer = sequencers.get(place.call().partition());
      var _ =
          answers
              .get(i)
              .whenComplete((results, error) ->
                  sequencer.answered(place, new PartitionSequencer.Answer(results, error)));
    }
  }

  private Command<String, byte[], List<Object>> command(LogCall call) {
    return calls.command(call.output(), call.addTo(calls.args(call.function(), call.partition())));
  }

  private CompletionStage<Void> equip(int partition) {
    return pipeline.with(commands -> {
      RedisAddress server = commands.serverOf(calls.key(partition));
      return server == null
          ? CompletableFuture.failedFuture(new BusException("no node has the partition"))
          : calls.load(commands, server);
    });
  }

  private static <T> CompletionStage<T> refused(String channel) {
    return CompletableFuture.failedFuture(
        new BusException("'%s' is a plain channel: it has no log".formatted(channel)));
  }

  /**
   * Sends a call, and sends it again after some failures. Only for calls whose order does not
   * matter.
   */
  private <T> CompletionStage<T> repeated(
      int partition, int attempts, Supplier<Command<String, byte[], T>> command) {
    return pipeline
        .send(command.get())
        .exceptionallyCompose(error -> {
          if (attempts == MAX_ATTEMPTS) {
            return CompletableFuture.failedFuture(error);
          }
          return switch (LogFault.of(error)) {
            case LACKING ->
                equip(partition).thenCompose(_ -> repeated(partition, attempts + 1, command));
            case MOVED -> repeated(partition, attempts + 1, command);
            default -> CompletableFuture.failedFuture(error);
          };
        });
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
    int partition = Partitions.of(channel);
    return repeated(
            partition,
            1,
            () ->
                calls.command(
                    new ArrayOutput<>(RedisConnector.CODEC),
                    calls
                        .args(function, partition)
                        .addKey(channel)
                        .add(Math.max(0, from))
                        .add(Math.min(limit, MAX_READ))))
        .thenApply(answer -> extract(channel, answer));
  }

  /** The most publications of one answer. */
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
  public CompletionStage<Void> stamp(Fence fence, List<Integer> partitions) {
    return CompletableFuture.allOf(
        partitions.stream()
            .map(partition ->
                repeated(
                        partition,
                        1,
                        () ->
                            calls.command(
                                new StatusOutput<>(RedisConnector.CODEC),
                                calls
                                    .args(LogFunction.FENCE, partition)
                                    .addKey(fence.lease())
                                    .add(fence.token())))
                    .toCompletableFuture())
            .toArray(CompletableFuture[]::new));
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
