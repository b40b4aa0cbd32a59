package dev.tapeline.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A publication that the bus is there for and does not take, as it takes nothing of anybody now;
 * the message says why, in words for everybody.
 */
public final class WritesRefusedException extends BusException {

  private static final long serialVersionUID = 1;

  public WritesRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What a stage has failed with says, if it has failed for this reason. */
  public static Optional<String> messageIn(@Nullable Throwable error) {
    Throwable cause = error;
    while (cause != null && !(cause instanceof WritesRefusedException)) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause).map(Throwable::getMessage);
  }
}
