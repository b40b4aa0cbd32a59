package dev.tapeline.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The transport that carries publications from publishers to subscribers, in this process or across
 * many. It keeps the order within a channel.
 *
 * <p>All methods may be called from any thread and none blocks.
 */
public interface Bus extends AutoCloseable {

  /** Connects, and from now on calls the listener. Called once, before anything else. */
  void start(Listener listener);

  /**
   * Publishes in the given order, within each channel; on durable channels through their log. The
   * stage completes when the bus has taken all of them, and exceptionally when that is not certain,
   * as while it is {@link State#DOWN}.
   */
  CompletionStage<Void> publish(List<Publication> publications);

  /**
   * Publishes one as {@link #publish(List)} does; the stage's value is the position in the log of a
   * durable channel.
   */
  default CompletionStage<Optional<Position>> publish(Publication publication) {
    return log().keeps(publication.channel())
        ? log()
            .append(List.of(Append.of(publication)))
            .thenApply(results -> place(results.getFirst()))
        : publish(List.of(publication)).thenApply(_ -> Optional.empty());
  }

  private static Optional<Position> place(Append.Result result) {
    return result instanceof Append.Result.Logged(Position position)
        ? Optional.of(position)
        : Optional.empty();
  }

  /**
   * Publishes as {@link #publish(List)} does, as the holder of a lease, on plain channels too. The
   * stage completes with a {@link FencedException} when one of them was refused because the lease
   * has another holder; others of them may have been published before.
   *
   * <p>On a plain channel, publications with a fence and publications without one may overtake each
   * other.
   */
  CompletionStage<Void> publish(List<Publication> publications, Fence fence);

  /**
   * Subscribes to what the selector matches; {@link Listener#onSubscribed} follows at once, or when
   * the bus is back. Selectors may overlap: each publication is delivered once. Subscribing again
   * does nothing.
   */
  void subscribe(Selector selector);

  /** Subscribes to several at once, as {@link #subscribe(Selector)} does one after the other. */
  default void subscribe(List<Selector> selectors) {
    selectors.forEach(this::subscribe);
  }

  /** Ends a subscription; does nothing if there is none. */
  void unsubscribe(Selector selector);

  /** Ends several subscriptions at once. */
  default void unsubscribe(List<Selector> selectors) {
    selectors.forEach(this::unsubscribe);
  }

  State state();

  /** The logs of the durable channels. */
  ChannelLog log();

  @Override
  void close();

  /** Whether the bus can carry anything now. */
  enum State {
    UP,
    DOWN
  }

  /** Receives the events of the bus: one call at a time, in the order in which they happened. */
  interface Listener {

    /** A listener that ignores everything, for a client that only publishes. */
    Listener DEAF =
        new Listener() {
          @Override
          public void onSubscribed(Selector selector, List<Publication> last) {}

          @Override
          public void onPublication(Publication publication) {}

          @Override
          public void onPosition(String channel, Position position, @Nullable Publication newest) {}

          @Override
          public void onState(State state) {}
        };

    /**
     * The subscription is live: from here on no publication that it matches is missed, until the
     * bus goes down. Called again each time the bus is back: what was published on plain channels
     * in between is lost to this node.
     *
     * @param last the newest publication of each matching channel before this moment, as far as the
     *     bus keeps them
     */
    void onSubscribed(Selector selector, List<Publication> last);

    /**
     * A publication has come. On a durable channel the numbers of an epoch come in order, each
     * once, across absences of the bus too; where one is left out, the log has lost it.
     */
    void onPublication(Publication publication);

    /**
     * The position of a durable channel: the next publication has the number after it. Comes before
     * {@link #onSubscribed} for the channel of a selector that is a name, and when the channel's
     * epoch has changed.
     *
     * @param newest the publication at that position, if the log still has it
     */
    void onPosition(String channel, Position position, @Nullable Publication newest);

    void onState(State state);
  }
}
