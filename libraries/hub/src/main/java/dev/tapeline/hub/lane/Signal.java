package dev.tapeline.hub.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A flag that tells one thread of news. Other threads raise it after adding news; the thread lowers
 * it before looking. So news always has a raised flag, or a look that is still to come.
 */
final class Signal {

  private static final VarHandle RAISED = raised();

  private volatile boolean raised;

  private static VarHandle raised() {
    try {
      return MethodHandles.lookup().findVarHandle(Signal.class, "raised", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Raises the flag; any thread.
   *
   * @return whether this call has raised it: its caller has to wake the thread
   */
  boolean raise() {
    return !raised && RAISED.compareAndSet(this, false, true);
  }

  void lower() {
    raised = false;
  }
}
