package dev.tapeline.hub.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A flag for one thread that others have news for: they raise it behind the news, and it lowers the
 * flag before it looks. So no news is left without a raised flag, or a look that is still to come.
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
   * @return true for the one that has raised it, who has to wake the thread
   */
  boolean raise() {
    return !raised && RAISED.compareAndSet(this, false, true);
  }

  void lower() {
    raised = false;
  }
}
