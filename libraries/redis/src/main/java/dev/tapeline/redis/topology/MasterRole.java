package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.wire.Request;
import io.lettuce.core.RedisCommandExecutionException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The question whether a server is a master, asked over a connection that subscribes. A former
 * master keeps its connections when it becomes a replica, but no longer delivers what is published
 * at its successor.
 */
public final class MasterRole {

  private MasterRole() {}

  /** Asks by INFO, because connections that subscribe accept no answer that is a list. */
  public static Request ask(RedisAddress server, Consumer<@Nullable Throwable> callback) {
    return Request.of(
        "INFO",
        List.of("replication"),
        (text, error) -> callback.accept(error == null ? judge(server, text) : known(error)));
  }

  private static @Nullable Throwable judge(RedisAddress server, byte @Nullable [] text) {
    boolean replica =
        text != null && new String(text, StandardCharsets.UTF_8).contains("role:slave");
    return replica ? MisplacedException.replica(server) : null;
  }

  private static @Nullable Throwable known(Throwable error) {
    return isUnknown(error) ? null : error;
  }

  /** Whether the server refuses to tell its role, which still shows that it answers. */
  static boolean isUnknown(@Nullable Throwable error) {
    if (!(error instanceof RedisCommandExecutionException)) {
      return false;
    }
    String said = String.valueOf(error.getMessage());
    return said.startsWith("NOPERM") || said.contains("unknown command");
  }
}
