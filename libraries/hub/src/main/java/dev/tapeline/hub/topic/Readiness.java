package dev.tapeline.hub.topic;

/** Whether what was asked for is there, or the caller is called when it is. */
public enum Readiness {
  /** It is there, or never will be: nobody is called. */
  READY,

  /** The task that came with the call runs as soon as there is news. */
  WAITING
}
