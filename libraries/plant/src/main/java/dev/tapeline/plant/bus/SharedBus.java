package dev.tapeline.plant.bus;

import dev.tapeline.core.Bus;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bus with several listeners. It is a bus itself, for the hub: what is subscribed on it counts as
 * this node's demand. Each {@link #view} is another one, with a listener and subscriptions of its
 * own. The bus behind it is asked for each selector as long as some view wants it.
 *
 * <p>While only one view has a listener, a publication is passed on without a lock or a look at its
 * channel. With more, each view gets what it has subscribed. Nothing is allocated for a
 * publication.
 *
 * <p>A view that asks for what another one has already is confirmed as by the bus itself, with the
 * newest publications: the selector is subscribed again while a wider pattern covers it, which
 * loses and doubles nothing for the others. Positions that come along are told to all views that
 * want the channel, so that a view may be told where a durable channel stands without having asked.
 *
 * <p>Safe for all threads. Listeners are called one at a time, under a lock, by the thread that the
 * bus delivers with; a view that starts late is told the state by its own thread.
 */
public final class SharedBus implements Bus {

  private static final Logger log = LoggerFactory.getLogger(SharedBus.class);
  private static final Pattern ALL = Pattern.parse("*");
  private static final int LONG = 199;

  private final Bus bus;
  private final Demand demand;
  private final Set<Selector> uncounted;
  private final BusView main = new BusView(this);

  /** Held while tables change and while several views are called. */
  private final Object lock = new Object();

  private final Map<Selector, Integer> users = new HashMap<>();
  private final List<BusView> views = new ArrayList<>();
  private @Nullable State state;
  private boolean started;

  /** The calls to the bus and to the demand, in the order of the decisions. */
  private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();

  private final AtomicInteger waiting = new AtomicInteger();

  /** The listener of the only view that was started; null if there are several. */
  private volatile @Nullable Listener only;

  /**
   * @param bus closed with this one
   * @param demand gets the subscriptions of this bus itself, not those of the other views
   */
  public SharedBus(Bus bus, Demand demand) {
    this(bus, demand, List.of());
  }

  /**
   * The same, for a main listener that always subscribes some selectors.
   *
   * @param uncounted selectors that are never counted as demand
   */
  public SharedBus(Bus bus, Demand demand, Collection<Selector> uncounted) {
    this.bus = bus;
    this.demand = demand;
    this.uncounted = Set.copyOf(uncounted);
  }

  /** A view for another listener; closing it ends only its own subscriptions. */
  public Bus view() {
    return new BusView(this);
  }

  @Override
  public void start(Listener listener) {
    main.start(listener);
  }

  void start(BusView view, Listener listener) {
    boolean first;
    synchronized (lock) {
      first = !started;
      started = true;
      if (first) {
        add(view, listener);
      }
    }
    if (first) {
      bus.start(new Fan());
    } else {
      join(view, listener);
    }
  }

  private void add(BusView view, Listener listener) {
    view.tell(listener);
    views.add(view);
    only = views.size() == 1 ? listener : null;
  }

  /** Tells a view the state without the lock, again until the told state is the present one. */
  private void join(BusView view, Listener listener) {
    State told = null;
    while (!tryJoin(view, listener, told)) {
      told = presentState();
      if (told != null) {
        listener.onState(told);
      }
    }
  }

  private boolean tryJoin(BusView view, Listener listener, @Nullable State told) {
    synchronized (lock) {
      if (state == told) {
        add(view, listener);
      }
      return state == told;
    }
  }

  private @Nullable State presentState() {
    synchronized (lock) {
      return state;
    }
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> publications) {
    return bus.publish(publications);
  }

  @Override
  public CompletionStage<Optional<Position>> publish(Publication publication) {
    return bus.publish(publication);
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> publications, Fence fence) {
    return bus.publish(publications, fence);
  }

  @Override
  public void subscribe(Selector selector) {
    main.subscribe(selector);
  }

  @Override
  public void subscribe(List<Selector> selectors) {
    main.subscribe(selectors);
  }

  @Override
  public void unsubscribe(Selector selector) {
    main.unsubscribe(selector);
  }

  @Override
  public void unsubscribe(List<Selector> selectors) {
    main.unsubscribe(selectors);
  }

  void subscribe(BusView view, List<Selector> selectors) {
    synchronized (lock) {
      List<Selector> added = selectors.stream().filter(view::add).toList();
      List<Selector> first = new ArrayList<>();
      List<Selector> known = new ArrayList<>();
      for (Selector selector : added) {
        (users.merge(selector, 1, Integer::sum) == 1 ? first : known).add(selector);
      }
      call(first, () -> bus.subscribe(first));
      known.forEach(this::renew);
      if (view == main) {
        List<Selector> wanted = counted(added);
        call(wanted, () -> demand.want(wanted));
      }
    }
    carryOut();
  }

  /** Has the bus confirm a selector once more. */
  private void renew(Selector selector) {
    Pattern cover = coverOf(selector);
    boolean covered = users.containsKey(cover);
    calls.add(() -> {
      if (!covered) {
        bus.subscribe(cover);
      }
      bus.unsubscribe(selector);
      bus.subscribe(selector);
      if (!covered) {
        bus.unsubscribe(cover);
      }
    });
  }

  /** A pattern with another text that matches at least the same channels. */
  private static Pattern coverOf(Selector selector) {
    return selector.text().length() >= LONG ? ALL : Pattern.parse(selector.text() + "*");
  }

  void unsubscribe(BusView view, List<Selector> selectors) {
    synchronized (lock) {
      List<Selector> removed = selectors.stream().filter(view::remove).toList();
      List<Selector> last = new ArrayList<>();
      for (Selector selector : removed) {
        if (users.merge(selector, -1, Integer::sum) == 0) {
          users.remove(selector);
          last.add(selector);
        }
      }
      call(last, () -> bus.unsubscribe(last));
      if (view == main) {
        List<Selector> released = counted(removed);
        call(released, () -> demand.release(released));
      }
    }
    carryOut();
  }

  private List<Selector> counted(List<Selector> selectors) {
    return selectors.stream().filter(selector -> !uncounted.contains(selector)).toList();
  }

  private void call(List<Selector> selectors, Runnable call) {
    if (!selectors.isEmpty()) {
      calls.add(call);
    }
  }

  /**
   * Makes the queued calls without the lock, also those of other threads, so that they keep their
   * order.
   */
  private void carryOut() {
    if (waiting.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    while (seen > 0) {
      for (Runnable next = calls.poll(); next != null; next = calls.poll()) {
        run(next);
      }
      seen = waiting.addAndGet(-seen);
    }
  }

  /** A call that fails must not hold up those behind it. */
  private static void run(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      log.error("Can't change the subscriptions of the bus", e);
    }
  }

  /** Ends a view, and the subscriptions that only it had. */
  void end(BusView view) {
    List<Selector> left;
    synchronized (lock) {
      left = view.selectors();
    }
    unsubscribe(view, left);
    synchronized (lock) {
      views.remove(view);
      only = views.size() == 1 ? views.getFirst().listener() : null;
    }
  }

  @Override
  public State state() {
    return bus.state();
  }

  @Override
  public ChannelLog log() {
    return bus.log();
  }

  @Override
  public void close() {
    bus.close();
  }

  /** Passes on the events of the bus. */
  private final class Fan implements Listener {

    @Override
    public void onPublication(Publication publication) {
      Listener alone = only;
      if (alone == null) {
        share(publication);
      } else {
        alone.onPublication(publication);
      }
    }

    private void share(Publication publication) {
      synchronized (lock) {
        boolean down = state == State.DOWN;
        for (int i = 0; i < views.size(); i++) {
          BusView view = views.get(i);
          if (view.takes(publication.channel(), down)) {
            view.listener().onPublication(publication);
          }
        }
      }
    }

    @Override
    public void onSubscribed(Selector selector, List<Publication> last) {
      synchronized (lock) {
        for (BusView view : List.copyOf(views)) {
          if (view.confirm(selector)) {
            view.listener().onSubscribed(selector, last);
          }
        }
      }
    }

    @Override
    public void onPosition(String channel, Position position, @Nullable Publication newest) {
      synchronized (lock) {
        for (BusView view : List.copyOf(views)) {
          if (view.takes(channel, true)) {
            view.listener().onPosition(channel, position, newest);
          }
        }
      }
    }

    @Override
    public void onState(State now) {
      synchronized (lock) {
        state = now;
        for (BusView view : List.copyOf(views)) {
          if (now == State.DOWN) {
            view.expire();
          }
          view.listener().onState(now);
        }
      }
    }
  }
}
