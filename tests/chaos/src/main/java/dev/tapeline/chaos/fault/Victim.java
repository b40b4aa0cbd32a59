package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.ChaosException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A process of the stand that keeps its port over restarts. Used by one thread at a time. */
public abstract class Victim implements AutoCloseable {

  private final String name;
  private final int port = Child.freePort();
  private @Nullable Child child;

  Victim(String name) {
    this.name = name;
  }

  public final String name() {
    return name;
  }

  public final int port() {
    return port;
  }

  abstract Child launch();

  public final void start() {
    child = launch();
  }

  /** Kills the process. */
  public final void kill() {
    if (child != null) {
      child.kill();
    }
  }

  public final void freeze() {
    if (child != null) {
      child.freeze();
    }
  }

  public final void thaw() {
    if (child != null) {
      child.thaw();
    }
  }

  /**
   * The id of the process.
   *
   * @throws ChaosException if it was not started yet
   */
  public final long pid() {
    if (child == null) {
      throw new ChaosException(name + " was not started");
    }
    return child.pid();
  }

  /** Whether the process exists, working or not. */
  public final boolean isAlive() {
    return child != null && child.isAlive();
  }

  /** Whether it does its work now. */
  public abstract boolean isReady();

  /** Waits until it does its work. */
  public final void awaitReady(Duration limit) {
    Pause.until(name + " is ready", limit, this::isReady);
  }

  @Override
  public final void close() {
    kill();
  }
}
