package dev.tapeline.access;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A credential that does not count; the message says why, without showing it. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public RefusedException(String reason) {
    super(reason, null, false, false);
  }

  /** What a client is told whose credential did not count, for this reason or for want of keys. */
  public static String reasonOf(@Nullable Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof RefusedException
        ? String.valueOf(cause.getMessage())
        : "it can't be checked now: try again";
  }
}
