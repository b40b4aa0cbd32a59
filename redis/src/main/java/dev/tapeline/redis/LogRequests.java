package dev.tapeline.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a receiver asks of one partition, on the connection that brings its broadcasts. Owned by the
 * connection's thread, which also brings the answers.
 */
final class LogRequests {

  private static final Logger log = LoggerFactory.getLogger(LogRequests.class);

  private final RedisSession over;
  private final int partition;
  private final Means means;

  /**
   * What all of them use.
   *
   * @param pipeline over which a server gets the library that it lacks
   */
  record Means(
      LogCalls calls, Pipeline pipeline, ShardedSubscriptions shards, RedisCounters counters) {

    LogRequests over(RedisSession session, int partition) {
      return new LogRequests(session, partition, this);
    }
  }

  private LogRequests(RedisSession over, int partition, Means means) {
    this.over = over;
    this.partition = partition;
    this.means = means;
  }

  /**
   * The answer comes unless the connection ends before, or Redis refuses. If it refuses because the
   * partition is elsewhere, or on its way, the subscription is renewed.
   */
  void call(LogFunction function, List<String> args, Consumer<byte[]> answer) {
    call(function, args, answer, true);
  }

  private void call(
      LogFunction function, List<String> args, Consumer<byte[]> answer, boolean again) {
    Request request =
        means.calls.request(
            function,
            partition,
            args,
            (text, error) -> {
              if (text != null) {
                answer.accept(text);
              } else if (error != null) {
                failed(function, error, again ? () -> call(function, args, answer, false) : null);
              }
            });
    over.pubSub().send(List.of(request));
  }

  private void failed(LogFunction function, Throwable error, @Nullable Runnable again) {
    LogFault fault = LogFault.of(error);
    if (fault == LogFault.LACKING && again != null) {
      equip(again);
    } else if (fault == LogFault.MOVED || fault == LogFault.UNSETTLED) {
      renew(error);
    } else {
      refused(function, error);
    }
  }

  private void equip(Runnable again) {
    var _ =
        means
            .pipeline
            .with(commands -> means.calls.library().load(commands, over.server()))
            .whenComplete(
                (_, error) -> over.pubSub().execute(error == null ? again : () -> renew(error)));
  }

  private void renew(Throwable error) {
    means.shards.renew(Partitions.key(partition), String.valueOf(error.getMessage()));
  }

  private void refused(LogFunction function, Throwable error) {
    if (error instanceof RedisCommandExecutionException) {
      means.counters.refused.increment();
      log.warn(
          "Redis refused {} for partition {}: {}", function.text(), partition, error.getMessage());
    }
  }
}
