package dev.tapeline.redis.receive;

import dev.tapeline.redis.log.LogCalls;
import dev.tapeline.redis.log.LogFault;
import dev.tapeline.redis.log.LogFunction;
import dev.tapeline.redis.log.Partitions;
import dev.tapeline.redis.topology.Pipeline;
import dev.tapeline.redis.topology.RedisSession;
import dev.tapeline.redis.topology.Refusals;
import dev.tapeline.redis.topology.ShardedSubscriptions;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one partition for what a receiver needs, over the connection that brings its broadcasts. The
 * thread of the connection owns it and brings the answers.
 */
public final class LogRequests {

  private static final Logger log = LoggerFactory.getLogger(LogRequests.class);

  private static final int MAX_LACKING = 3;
  private static final long AGAIN_MILLIS = 1_000;

  private final RedisSession over;
  private final int partition;
  private final LogContext context;

  /**
   * The services that all requests share.
   *
   * @param pipeline over which a server gets the library that it lacks
   */
  public record LogContext(
      LogCalls calls,
      Pipeline pipeline,
      ShardedSubscriptions shards,
      RedisCounters counters,
      ScheduledExecutorService timer) {

    LogRequests over(RedisSession session, int partition) {
      return new LogRequests(session, partition, this);
    }
  }

  private LogRequests(RedisSession over, int partition, LogContext context) {
    this.over = over;
    this.partition = partition;
    this.context = context;
  }

  /**
   * Calls a function. The answer comes unless the connection ends before. A refused call is
   * repeated each second. If the partition is elsewhere or moving, the subscription is renewed
   * instead.
   *
   * @param isDue whether the answer is still of use
   */
  void call(
      LogFunction function, List<String> args, BooleanSupplier isDue, Consumer<byte[]> answer) {
    new Call(function, args, isDue, answer).send();
  }

  /** One call, and how often it was refused. */
  private final class Call {

    private final LogFunction function;
    private final List<String> args;
    private final BooleanSupplier isDue;
    private final Consumer<byte[]> answer;
    private int refusals;

    private Call(
        LogFunction function, List<String> args, BooleanSupplier isDue, Consumer<byte[]> answer) {
      this.function = function;
      this.args = args;
      this.isDue = isDue;
      this.answer = answer;
    }

    private void send() {
      if (isDue.getAsBoolean()) {
        over.pubSub()
            .send(List.of(context.calls.request(function, partition, args, this::answered)));
      }
    }

    private void answered(byte @Nullable [] text, @Nullable Throwable error) {
      if (!isDue.getAsBoolean()) {
        return;
      }
      if (text != null) {
        answer.accept(text);
      } else if (error != null) {
        failed(error);
      }
    }

    private void failed(Throwable error) {
      over.heed(error);
      switch (LogFault.of(error)) {
        case LACKING -> equip(error);
        case MOVED, UNSETTLED ->
            context.shards.renew(Partitions.key(partition), String.valueOf(error.getMessage()));
        case REFUSED -> refused(error);
        case LOST -> {} // with the connection
      }
    }

    private void equip(Throwable lacking) {
      if (refusals == MAX_LACKING) {
        refused(lacking);
        return;
      }
      refusals++;
      var _ =
          context
              .pipeline
              .with(commands -> context.calls.load(commands, over.server()))
              .whenComplete((_, error) -> {
                if (error == null) {
                  over.pubSub().execute(this::send);
                } else {
                  sendLater();
                }
              });
    }

    private void refused(Throwable error) {
      context.counters.refused.increment();
      if (refusals <= MAX_LACKING && !isToldElsewhere(error)) {
        refusals = MAX_LACKING + 1;
        log.warn(
            "Redis refused {} for partition {}: {}",
            function.text(),
            partition,
            error.getMessage());
      }
      sendLater();
    }

    private static boolean isToldElsewhere(Throwable error) {
      String said = String.valueOf(error.getMessage());
      return Refusals.isOfServer(said) || Refusals.isOfReplica(said);
    }

    private void sendLater() {
      var _ =
          context.timer.schedule(
              () -> over.pubSub().execute(this::send), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
