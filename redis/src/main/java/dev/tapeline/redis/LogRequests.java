package dev.tapeline.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a receiver of durable channels asks on the connection that subscribes. Owned by the
 * connection's thread, which also brings the answers.
 */
interface LogRequests {

  /** Before there is a connection. */
  LogRequests NONE =
      new LogRequests() {
        @Override
        public void subscribe(int partition) {}

        @Override
        public void unsubscribe(int partition) {}

        @Override
        public void call(
            LogFunction function, int partition, List<String> args, Consumer<byte[]> answer) {}
      };

  void subscribe(int partition);

  void unsubscribe(int partition);

  /** The answer comes unless the connection ends before, or Redis refuses. */
  void call(LogFunction function, int partition, List<String> args, Consumer<byte[]> answer);

  /** Those on a real connection. */
  final class Live implements LogRequests {

    private static final Logger log = LoggerFactory.getLogger(LogRequests.class);

    private final RedisSession session;
    private final LogCalls calls;
    private final String prefix;
    private final RedisCounters counters;

    Live(RedisSession session, LogCalls calls, String prefix, RedisCounters counters) {
      this.session = session;
      this.calls = calls;
      this.prefix = prefix;
      this.counters = counters;
    }

    @Override
    public void subscribe(int partition) {
      send("subscribe", partition);
    }

    @Override
    public void unsubscribe(int partition) {
      send("unsubscribe", partition);
    }

    private void send(String kind, int partition) {
      Request.Answer answer = (_, error) -> refused(kind, partition, error);
      session
          .pubSub()
          .send(List.of(Request.subscription(kind, prefix, Partitions.key(partition), answer)));
    }

    @Override
    public void call(
        LogFunction function, int partition, List<String> args, Consumer<byte[]> answer) {
      call(function, partition, args, answer, true);
    }

    private void call(
        LogFunction function,
        int partition,
        List<String> args,
        Consumer<byte[]> answer,
        boolean again) {
      session
          .pubSub()
          .send(
              List.of(
                  calls.request(
                      function,
                      partition,
                      args,
                      (text, error) -> {
                        if (text != null) {
                          answer.accept(text);
                        } else if (again && error != null && LogCalls.isMissing(error)) {
                          reload(() -> call(function, partition, args, answer, false));
                        } else {
                          refused(function.text(), partition, error);
                        }
                      })));
    }

    private void reload(Runnable next) {
      calls.load(session.commands()).thenRun(() -> session.pubSub().execute(next));
    }

    private void refused(
        String what, int partition, @org.jspecify.annotations.Nullable Throwable error) {
      if (error instanceof RedisCommandExecutionException) {
        counters.refused.increment();
        log.warn("Redis refused {} for partition {}: {}", what, partition, error.getMessage());
      }
    }
  }
}
