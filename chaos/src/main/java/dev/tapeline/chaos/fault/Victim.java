package dev.tapeline.chaos.fault;

import java.time.Duration;

/** A process of the stand that keeps its port over its lives. */
public interface Victim extends AutoCloseable {

  String name();

  int port();

  void start();

  /** Ends it without a word to anyone. */
  void kill();

  void freeze();

  void thaw();

  /** Whether it does its work now. */
  boolean isReady();

  /** Waits until it does its work. */
  default void awaitReady(Duration limit) {
    Pause.until(name() + " is ready", limit, this::isReady);
  }

  @Override
  void close();
}
