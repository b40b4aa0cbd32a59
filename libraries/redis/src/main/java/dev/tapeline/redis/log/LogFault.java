package dev.tapeline.redis.log;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Why a call of the logs was not carried out. */
public enum LogFault {
  /** The server lacks the library. */
  LACKING,

  /** Another node of the cluster has the partition. */
  MOVED,

  /** The partition is moving to another node, or no node has it. */
  UNSETTLED,

  /** Redis refused the call. */
  REFUSED,

  /** It is not known whether the call was carried out. */
  LOST;

  public static LogFault of(Throwable error) {
    RedisCommandExecutionException refusal = refusalIn(error);
    return refusal == null ? LOST : of(String.valueOf(refusal.getMessage()));
  }

  /** The error of a failed stage, without the wrapping that stages add. */
  public static Throwable cause(Throwable error) {
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

  /** The refusal that would meet any caller; null if the error is none. */
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

  /**
   * Whether the slot is moving. Meanwhile a missing key of a partition may be at the other node.
   */
  private static boolean isUnsettled(String said) {
    return said.startsWith("ASK ")
        || said.startsWith("TRYAGAIN")
        || said.startsWith("CLUSTERDOWN")
        || said.startsWith("LOADING")
        || said.contains("non local key")
        || said.contains("while the cluster is down");
  }
}
