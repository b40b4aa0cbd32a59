package dev.tapeline.redis.receive;

import dev.tapeline.redis.wire.PubSubConnection;
import dev.tapeline.redis.wire.Request;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first entries of lists over the connection that subscribes, so that each answer has its
 * place among the messages. Redis closes such a connection when too much output waits. So entries
 * over {@link #MAX_BYTES} are left out, and at most {@link #MAX_UNANSWERED} reads are unanswered at
 * a time. Safe for all threads.
 */
final class ListHeadReader {

  static final int MAX_BYTES = 1 << 17;
  static final int MAX_UNANSWERED = 32;

  private static final String SCRIPT =
      "local v = redis.pcall('LINDEX', KEYS[1], 0)"
          + " if type(v) == 'string' and #v <= tonumber(ARGV[1]) then return v end"
          + " return false";

  private final PubSubConnection connection;

  // Guarded by this.
  private final Queue<Read> waiting = new ArrayDeque<>();
  private int unanswered;
  private boolean withoutScripts;

  private record Read(String key, Request.Answer answer) {}

  ListHeadReader(PubSubConnection connection) {
    this.connection = connection;
  }

  /**
   * Reads an entry.
   *
   * @param answer hears it; null if there is none, or it is too long
   * @return what the caller is to send; empty if it is sent later, by itself
   */
  synchronized Optional<Request> read(String key, Request.Answer answer) {
    Read read = new Read(key, answer);
    if (unanswered == MAX_UNANSWERED) {
      waiting.add(read);
      return Optional.empty();
    }
    unanswered++;
    return Optional.of(request(read));
  }

  private Request request(Read read) {
    return withoutScripts ? whole(read) : bounded(read);
  }

  private void sendMore() {
    while (unanswered < MAX_UNANSWERED && !waiting.isEmpty()) {
      Read next = waiting.remove();
      unanswered++;
      connection.send(List.of(request(next)));
    }
  }

  private Request bounded(Read read) {
    return Request.of(
        "EVAL",
        List.of(SCRIPT, "1", read.key(), String.valueOf(MAX_BYTES)),
        (text, error) -> {
          if (isForbidden(error)) {
            readWhole(read);
          } else {
            answered(read, text, error);
          }
        });
  }

  /** Reads without the limit of bytes, for a user that may not run scripts. */
  private synchronized void readWhole(Read read) {
    withoutScripts = true;
    connection.send(List.of(whole(read)));
  }

  private static boolean isForbidden(@Nullable Throwable error) {
    return error instanceof RedisCommandExecutionException
        && String.valueOf(error.getMessage()).startsWith("NOPERM");
  }

  private Request whole(Read read) {
    return Request.of(
        "LINDEX", List.of(read.key(), "0"), (text, error) -> answered(read, text, error));
  }

  private void answered(Read read, byte @Nullable [] text, @Nullable Throwable error) {
    synchronized (this) {
      unanswered--;
      if (error == null || error instanceof RedisCommandExecutionException) {
        sendMore();
      }
    }
    read.answer().onAnswer(text, error);
  }
}
