package dev.tapeline.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a publication that the bus refuses because it takes no writes now; the message says
 * why, in words for everybody.
 */
public final class WritesRefusedException extends BusException {

  private static final long serialVersionUID = 1;

  public WritesRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message of a stage's failure, if it has failed for this reason. */
  public static Optional<String> messageIn(@Nullable Throwable error) {
    Throwable cause = error;
    while (cause != null && !(cause instanceof WritesRefusedException)) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause).map(Throwable::getMessage);
  }
}
