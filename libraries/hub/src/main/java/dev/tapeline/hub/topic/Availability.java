package dev.tapeline.hub.topic;

/** Whether the caller may go on at once, or waits for its task to be called. */
public enum Availability {
  /** The caller goes on; its task is not called. */
  READY,

  /** The caller's task runs as soon as there is news. */
  WAITING
}
