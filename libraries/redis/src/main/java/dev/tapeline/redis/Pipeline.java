package dev.tapeline.redis;

import dev.tapeline.core.BusException;
import dev.tapeline.core.WritesRefusedException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands over a link and never waits: what is sent together goes out in one flush, at most
 * a number of commands is unanswered, and without a session a command fails at once.
 */
public final class Pipeline {

  static final int MAX_UNANSWERED = 1 << 16;

  private final RedisLink link;
  private final AtomicInteger unanswered = new AtomicInteger();

  Pipeline(RedisLink link) {
    this.link = link;
  }

  int unanswered() {
    return unanswered.get();
  }

  /** Completes when all have been answered, exceptionally if any of them was not carried out. */
  CompletionStage<Void> sendAll(List<? extends Command<String, byte[], ?>> commands) {
    if (commands.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    RedisSession session = link.live();
    BusException refusal = admit(session, commands.size());
    if (session == null || refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    Batch batch = new Batch(session, commands.size());
    session.commands().dispatch(commands.stream().map(batch::follow).toList());
    return batch.done;
  }

  /** The answer of one command. */
  public <T> CompletionStage<T> send(Command<String, byte[], T> command) {
    RedisSession session = link.live();
    BusException refusal = admit(session, 1);
    if (session == null || refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    AsyncCommand<String, byte[], T> sent = new AsyncCommand<>(command);
    CompletableFuture<T> answer = answer(session, sent);
    session.commands().dispatch(sent);
    return answer;
  }

  /** The answer of each command; all go out in one flush. */
  public <T> List<CompletableFuture<T>> sendEach(List<Command<String, byte[], T>> commands) {
    RedisSession session = link.live();
    BusException refusal = admit(session, commands.size());
    if (session == null || refusal != null) {
      return commands.stream().map(_ -> CompletableFuture.<T>failedFuture(refusal)).toList();
    }
    List<RedisCommand<String, byte[], ?>> sent = new ArrayList<>(commands.size());
    List<CompletableFuture<T>> answers = new ArrayList<>(commands.size());
    for (Command<String, byte[], T> command : commands) {
      AsyncCommand<String, byte[], T> one = new AsyncCommand<>(command);
      sent.add(one);
      answers.add(answer(session, one));
    }
    session.commands().dispatch(sent);
    return answers;
  }

  private <T> CompletableFuture<T> answer(
      RedisSession session, AsyncCommand<String, byte[], T> sent) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    var _ =
        sent.whenComplete((result, error) -> {
          unanswered.decrementAndGet();
          if (error == null) {
            answer.complete(result);
          } else {
            session.heed(error);
            answer.completeExceptionally(problem(error));
          }
        });
    return answer;
  }

  /** Does something with the connection that is there. */
  <T> CompletionStage<T> with(Function<Commands, CompletionStage<T>> task) {
    RedisSession session = link.live();
    return session == null
        ? CompletableFuture.failedFuture(new BusException("Redis is away: " + link.problem()))
        : task.apply(session.commands());
  }

  private @Nullable BusException admit(@Nullable RedisSession session, int commands) {
    if (session == null) {
      return new BusException("Redis is away: " + link.problem());
    }
    if (unanswered.addAndGet(commands) > MAX_UNANSWERED) {
      unanswered.addAndGet(-commands);
      return new BusException("Redis is behind by %d commands".formatted(MAX_UNANSWERED));
    }
    return null;
  }

  private static BusException problem(Throwable error) {
    if (!(error instanceof RedisCommandExecutionException)) {
      return new BusException("Redis went away before it answered", error);
    }
    String said = String.valueOf(error.getMessage());
    return Refusals.wordsFor(said)
        .<BusException>map(words -> new WritesRefusedException(words, error))
        .orElseGet(() -> new BusException("Redis refused: " + said, error));
  }

  /** Counts the answers to what was sent together. */
  private final class Batch {

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final RedisSession session;
    private final AtomicInteger left;
    private volatile @Nullable Throwable failure;

    private Batch(RedisSession session, int size) {
      this.session = session;
      this.left = new AtomicInteger(size);
    }

    private <T> RedisCommand<String, byte[], T> follow(Command<String, byte[], T> command) {
      AsyncCommand<String, byte[], T> sent = new AsyncCommand<>(command);
      var _ = sent.whenComplete((result, error) -> answered(error));
      return sent;
    }

    private void answered(@Nullable Throwable error) {
      unanswered.decrementAndGet();
      if (error != null) {
        failure = error;
        session.heed(error);
      }
      if (left.decrementAndGet() == 0) {
        finish();
      }
    }

    private void finish() {
      Throwable error = failure;
      if (error == null) {
        done.complete(null);
      } else {
        done.completeExceptionally(problem(error));
      }
    }
  }
}
