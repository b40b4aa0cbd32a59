package dev.tapeline.store.history;

/** The history could not be read or written. */
public final class HistoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean refusal;

  private HistoryException(String message, Throwable cause, boolean refusal) {
    super(message, cause);
    this.refusal = refusal;
  }

  /** The store can't be reached, or can't do anything now: the same may work later. */
  public static HistoryException away(String message, Throwable cause) {
    return new HistoryException(message, cause, false);
  }

  /** The store does not take these rows, now or later. */
  public static HistoryException refused(String message, Throwable cause) {
    return new HistoryException(message, cause, true);
  }

  /** Whether the rows are at fault, so that it is useless to try them again. */
  public boolean isRefusal() {
    return refusal;
  }
}
