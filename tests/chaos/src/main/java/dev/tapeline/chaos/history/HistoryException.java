package dev.tapeline.chaos.history;

/** Thrown for a record that can't be read. */
public final class HistoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  HistoryException(String message) {
    super(message);
  }
}
