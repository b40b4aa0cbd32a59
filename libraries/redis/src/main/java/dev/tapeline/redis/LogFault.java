package dev.tapeline.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Why a call of the logs was not carried out. */
public enum LogFault {
  /** The server lacks the library. */
  LACKING,

  /** Another node of the cluster has the partition. */
  MOVED,

  /** The partition is on its way to another node, or without one. */
  UNSETTLED,

  /** Redis says no. */
  REFUSED,

  /** It is not known whether it was. */
  LOST;

  static LogFault of(Throwable error) {
    RedisCommandExecutionException refusal = refusalIn(error);
    return refusal == null ? LOST : of(String.valueOf(refusal.getMessage()));
  }

  /** What a stage has failed with, out of the wrapping that stages add. */
  static Throwable cause(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  private static @Nullable RedisCommandExecutionException refusalIn(Throwable error) {
    Throwable cause = error;
    while (cause != null) {
      if (cause instanceof RedisCommandExecutionException refused) {
        return refused;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /** What Redis says against a call, whoever makes it; null if it says nothing of that sort. */
  public static @Nullable String refusal(Throwable error) {
    RedisCommandExecutionException refusal = refusalIn(error);
    String said = refusal == null ? null : refusal.getMessage();
    return said != null && isForAll(said) ? said : null;
  }

  private static boolean isForAll(String said) {
    return said.startsWith("CLUSTERDOWN") || (of(said) == REFUSED && !said.startsWith("FENCED "));
  }

  private static LogFault of(String said) {
    if (said.contains("Function not found")
        || said.startsWith("NOSCRIPT")
        || said.startsWith("NORULES")) {
      return LACKING;
    }
    return said.startsWith("MOVED ") ? MOVED : isUnsettled(said) ? UNSETTLED : REFUSED;
  }

  /** While a slot moves, a key of a partition that is not at one node may be at the other. */
  private static boolean isUnsettled(String said) {
    return said.startsWith("ASK ")
        || said.startsWith("TRYAGAIN")
        || said.startsWith("CLUSTERDOWN")
        || said.startsWith("LOADING")
        || said.contains("non local key")
        || said.contains("while the cluster is down");
  }
}
