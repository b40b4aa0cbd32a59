package dev.tapeline.embedded;

import dev.tapeline.core.Append;
import dev.tapeline.core.Bus;
import dev.tapeline.core.BusException;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bus that stands in for another one while that is away. It then delivers publications to the
 * listener of this node only; durable channels get an epoch of this node's own, a new one in each
 * absence. When the other bus is back, its own epochs continue.
 *
 * <p>A bus that is there but takes no publications can be set aside. It then counts as away, but it
 * still delivers channels that are not published here meanwhile.
 *
 * <p>The other bus never publishes what was published here during an absence.
 */
public final class StandInBus implements Bus {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final Bus bus;
  private final DurableRules rules;
  private final int maxChannels;
  private final long maxBytes;
  private final LongSupplier clock;
  private final ChannelLog log = new PresentLog();

  /** Held during each call to the listener, so that there is one at a time. */
  private final Object turn = new Object();

  /** The logs of the present absence; null while the other bus is there. */
  private volatile @Nullable EmbeddedLog absence;

  /** Down as long as publications reach only this node, whatever the state of the other bus. */
  private volatile State state = State.DOWN;

  /** Whether the other bus counts as away although it is there. */
  private boolean aside;

  private @Nullable Listener listener;

  /**
   * @param bus closed with this one
   * @param maxChannels how many durable channels have a log during an absence
   * @param maxBytes about the memory of all these logs
   * @param clock epoch milliseconds UTC
   */
  public StandInBus(
      Bus bus, DurableRules rules, int maxChannels, long maxBytes, LongSupplier clock) {
    this.bus = bus;
    this.rules = rules;
    this.maxChannels = maxChannels;
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.absence = newLogs();
  }

  private EmbeddedLog newLogs() {
    return new EmbeddedLog(maxChannels, maxBytes, rules, clock);
  }

  @Override
  public void start(Listener to) {
    this.listener = to;
    bus.start(new Relay(to));
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> publications) {
    return deliverAlone(publications) ? DONE : bus.publish(publications);
  }

  /** While the other bus is away no lease is needed, because nothing leaves this node. */
  @Override
  public CompletionStage<Void> publish(List<Publication> publications, Fence fence) {
    return deliverAlone(publications) ? DONE : bus.publish(publications, fence);
  }

  /**
   * Publishes to the listener of this node without holding a lease.
   *
   * @return fails while the other bus is there, which does not get the publications either
   */
  public CompletionStage<Void> publishAlone(List<Publication> publications) {
    return deliverAlone(publications)
        ? DONE
        : CompletableFuture.failedFuture(
            new BusException("the bus is back: publishing there needs the lease"));
  }

  /** Delivers to this node's listener while the other bus is away; returns whether it did. */
  private boolean deliverAlone(List<Publication> publications) {
    if (absence == null) {
      return false;
    }
    synchronized (turn) {
      EmbeddedLog logs = absence;
      if (logs == null || listener == null) {
        return false;
      }
      publications.forEach(publication -> deliver(publication, logs, listener));
      return true;
    }
  }

  private static void deliver(Publication publication, EmbeddedLog logs, Listener to) {
    if (!logs.keeps(publication.channel())) {
      to.onPublication(publication);
    } else if (logs.put(Append.of(publication)) instanceof Append.Result.Logged(Position at)) {
      to.onPublication(publication.at(at));
    }
  }

  /**
   * Makes the other bus count as away, or no longer. In the latter case its next {@link State#UP}
   * ends the absence, so the caller has to renew its session.
   *
   * @return whether this is a change
   */
  public boolean setAside(boolean now) {
    synchronized (turn) {
      if (aside == now) {
        return false;
      }
      aside = now;
      if (now && absence == null) {
        absence = newLogs();
        state = State.DOWN;
        if (listener != null) {
          listener.onState(State.DOWN);
        }
      }
      return true;
    }
  }

  @Override
  public void subscribe(Selector selector) {
    bus.subscribe(selector);
  }

  @Override
  public void subscribe(List<Selector> selectors) {
    bus.subscribe(selectors);
  }

  @Override
  public void unsubscribe(Selector selector) {
    bus.unsubscribe(selector);
  }

  @Override
  public void unsubscribe(List<Selector> selectors) {
    bus.unsubscribe(selectors);
  }

  /**
   * The state as the listener has been told it, or is about to be. The other bus may already be
   * further.
   */
  @Override
  public State state() {
    return state;
  }

  @Override
  public ChannelLog log() {
    return log;
  }

  @Override
  public void close() {
    bus.close();
    state = State.DOWN;
  }

  /** Passes on what the other bus reports, and records its absences. */
  private final class Relay implements Listener {

    private final Listener to;

    Relay(Listener to) {
      this.to = to;
    }

    @Override
    public void onSubscribed(Selector selector, List<Publication> last) {
      synchronized (turn) {
        to.onSubscribed(selector, last);
      }
    }

    @Override
    public void onPublication(Publication publication) {
      synchronized (turn) {
        if (publication.position() == null || !isPublishedHere(publication.channel())) {
          to.onPublication(publication);
        }
      }
    }

    /** Whether a durable channel has an epoch of this node now. */
    private boolean isPublishedHere(String channel) {
      EmbeddedLog logs = absence;
      return aside && logs != null && logs.has(channel);
    }

    @Override
    public void onPosition(String channel, Position position, @Nullable Publication newest) {
      synchronized (turn) {
        if (!isPublishedHere(channel)) {
          to.onPosition(channel, position, newest);
        }
      }
    }

    @Override
    public void onState(State now) {
      List<String> published = List.of();
      synchronized (turn) {
        EmbeddedLog ended = absence;
        if (aside) {
          to.onState(State.DOWN); // what came between its sessions is lost
          return;
        }
        if (now == State.UP && ended != null) {
          published = ended.channels();
          absence = null;
          to.onState(State.DOWN); // what came meanwhile was this node's own part only
        } else if (now == State.DOWN && ended == null) {
          absence = newLogs();
        }
        state = now;
        to.onState(now);
      }
      published.forEach(this::returnTo);
    }

    /**
     * Makes the listener leave the epoch of this node also on channels without new publications.
     */
    private void returnTo(String channel) {
      var _ =
          bus.log()
              .read(channel, Long.MAX_VALUE, 1)
              .thenAccept(extract -> onPosition(channel, extract.top(), null));
    }
  }

  /**
   * The log of the other bus. During an absence, the log of the channels that were published here
   * meanwhile; the logs of other channels cannot be read unless the other bus is up.
   */
  private final class PresentLog implements ChannelLog {

    private CompletionStage<Extract> from(
        String channel, Function<ChannelLog, CompletionStage<Extract>> reading) {
      EmbeddedLog logs = absence;
      if (logs == null) {
        return reading.apply(bus.log());
      }
      if (logs.has(channel)) {
        return reading.apply(logs);
      }
      return bus.state() == State.UP
          ? reading.apply(bus.log())
          : CompletableFuture.failedFuture(
              new BusException("the log of '%s' can't be read now".formatted(channel)));
    }

    @Override
    public boolean keeps(String channel) {
      return rules.isDurable(channel);
    }

    @Override
    public CompletionStage<List<Append.Result>> append(List<Append> appends) {
      return bus.log().append(appends);
    }

    @Override
    public CompletionStage<Extract> read(String channel, long after, int limit) {
      return from(channel, log -> log.read(channel, after, limit));
    }

    @Override
    public CompletionStage<Extract> readSince(String channel, long millis, int limit) {
      return from(channel, log -> log.readSince(channel, millis, limit));
    }
  }
}
