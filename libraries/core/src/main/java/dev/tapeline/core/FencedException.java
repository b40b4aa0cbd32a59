package dev.tapeline.core;

import java.util.concurrent.CompletionException;

/** Thrown for a publication that was refused because its lease has another holder. */
public final class FencedException extends BusException {

  private static final long serialVersionUID = 1;

  private final long token;

  /**
   * @param token the token of the other holder
   */
  public FencedException(String lease, long token) {
    super("'%s' has another holder, whose token is %d".formatted(lease, token));
    this.token = token;
  }

  public long token() {
    return token;
  }

  /** Whether a stage has failed for this reason. */
  public static boolean isIn(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof FencedException;
  }
}
