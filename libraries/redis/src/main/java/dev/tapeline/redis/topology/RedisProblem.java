package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisServers;
import io.lettuce.core.RedisCommandExecutionException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Describes what went wrong with Redis, in words that tell users what to do. */
public final class RedisProblem {

  private RedisProblem() {}

  public static String describe(Throwable error, RedisServers servers) {
    Throwable cause = cause(error);
    String where = servers.where();
    return switch (cause) {
      case RedisCommandExecutionException refused -> refusal(said(refused), where);
      case UnknownHostException _ ->
          "the host name '%s' is not known: check REDIS_URL or REDIS_HOST"
              .formatted(servers instanceof RedisAddress one ? one.host() : where);
      case ConnectException _ -> "nothing answers at %s: is Redis running there?".formatted(where);
      case SSLException tls ->
          "no TLS with %s (%s): redis:// is for a server without TLS, rediss:// for one with a"
                  .formatted(where, said(tls))
              + " certificate that this machine trusts";
      case MisplacedException misplaced -> said(misplaced);
      case TimeoutException _ -> "%s does not answer in time".formatted(where);
      default -> "%s: %s".formatted(where, said(cause));
    };
  }

  private static String refusal(String said, String where) {
    if (said.startsWith("WRONGPASS")) {
      return "%s refused the user or password: check REDIS_PASSWORD, or those in REDIS_URL"
          .formatted(where);
    }
    if (said.startsWith("NOAUTH") || said.contains("without any password configured")) {
      return "%s asks for a password, or for none (%s): check REDIS_PASSWORD, or REDIS_URL"
          .formatted(where, said);
    }
    if (said.startsWith("LOADING")) {
      return "%s is loading its data".formatted(where);
    }
    if (said.contains("unknown command") && said.contains("HELLO")) {
      return "%s is older than Redis 6: use a newer one".formatted(where);
    }
    if (said.contains("cluster support disabled")) {
      return "%s is no cluster: give one redis://host:port, without a comma".formatted(where);
    }
    return "%s refused: %s".formatted(where, said);
  }

  /**
   * The innermost cause that says more. Lettuce wraps the errors of the server and of the system.
   */
  private static Throwable cause(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null && !saysEnough(cause)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean saysEnough(Throwable cause) {
    return cause instanceof RedisCommandExecutionException
        || cause instanceof SSLException
        || cause instanceof MisplacedException;
  }

  private static String said(Throwable error) {
    return Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
  }
}
