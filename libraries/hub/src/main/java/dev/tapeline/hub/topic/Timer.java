package dev.tapeline.hub.topic;

/** Runs tasks later, on a thread that the tasks may use. */
@FunctionalInterface
public interface Timer {

  /** Runs the task after a time; any thread. */
  void schedule(Runnable task, long nanos);
}
