package dev.tapeline.core;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Carries publications from those who make them to those who asked for them, in this process or
 * across many. Order holds within a channel.
 *
 * <p>All methods may be called from any thread and none blocks.
 */
public interface Bus extends AutoCloseable {

  /** Connects, and from now on calls the listener. Called once, before anything else. */
  void start(Listener listener);

  /**
   * Publishes in the given order. The stage completes when the bus has taken all of them, and
   * exceptionally when that is not certain, as while it is {@link State#DOWN}.
   */
  CompletionStage<Void> publish(List<Publication> publications);

  /**
   * Asks for what the selector matches; {@link Listener#onSubscribed} follows at once, or when the
   * bus is back. Selectors may overlap: each publication is delivered once. Asking again for what
   * is subscribed already does nothing.
   */
  void subscribe(Selector selector);

  /** Takes a {@link #subscribe} back; of what is not subscribed, does nothing. */
  void unsubscribe(Selector selector);

  State state();

  @Override
  void close();

  /** Whether the bus can carry anything now. */
  enum State {
    UP,
    DOWN
  }

  /** Hears from the bus: one call at a time, in the order in which things happened. */
  interface Listener {

    /**
     * From here on nothing that the selector matches is missed, until the bus goes down. Called
     * again after each return of the bus: whatever was published in between is lost to this node.
     *
     * @param last the newest publication of each matching channel before this moment, as far as the
     *     bus keeps them
     */
    void onSubscribed(Selector selector, List<Publication> last);

    void onPublication(Publication publication);

    void onState(State state);
  }
}
