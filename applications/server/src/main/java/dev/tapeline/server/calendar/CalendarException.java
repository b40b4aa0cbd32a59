package dev.tapeline.server.calendar;

/** A calendar file that can't be used; the message says where it is wrong, and what to write. */
public final class CalendarException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CalendarException(String message) {
    super(message);
  }
}
