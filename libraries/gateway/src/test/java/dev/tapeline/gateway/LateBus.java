package dev.tapeline.gateway;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bus as a node sees it whose processor is busy: what it delivers stays on its way, in order, for
 * as long as the test says. Its logs answer at once, unless these are held back too.
 */
final class LateBus implements Bus {

  private final Bus bus;
  private final LateLog log;
  private final Queue<Call> onTheWay = new ArrayDeque<>();
  private @Nullable Listener listener;
  private boolean late;

  private record Call(boolean isPublication, Consumer<Listener> to) {}

  LateBus(Bus bus) {
    this.bus = bus;
    this.log = new LateLog(bus.log());
  }

  synchronized void holdBack() {
    late = true;
  }

  /** Delivers the oldest of what is on its way. */
  synchronized void deliverOne() {
    onTheWay.remove().to().accept(to());
  }

  /** Has the oldest of what is on its way never come, if that is a publication. */
  synchronized void loseOne() {
    Call oldest = onTheWay.peek();
    if (oldest != null && oldest.isPublication()) {
      onTheWay.remove();
    }
  }

  synchronized void catchUp() {
    late = false;
    while (!onTheWay.isEmpty()) {
      deliverOne();
    }
  }

  private Listener to() {
    if (listener == null) {
      throw new IllegalStateException("not started");
    }
    return listener;
  }

  private void bring(Consumer<Listener> call) {
    bring(new Call(false, call));
  }

  private synchronized void bring(Call call) {
    if (late) {
      onTheWay.add(call);
    } else {
      call.to().accept(to());
    }
  }

  @Override
  public void start(Listener to) {
    synchronized (this) {
      listener = to;
    }
    bus.start(new Late());
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> publications) {
    return bus.publish(publications);
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> publications, Fence fence) {
    return bus.publish(publications, fence);
  }

  @Override
  public void subscribe(Selector selector) {
    bus.subscribe(selector);
  }

  @Override
  public void unsubscribe(Selector selector) {
    bus.unsubscribe(selector);
  }

  @Override
  public State state() {
    return bus.state();
  }

  @Override
  public LateLog log() {
    return log;
  }

  @Override
  public void close() {
    bus.close();
  }

  private final class Late implements Listener {

    @Override
    public void onSubscribed(Selector selector, List<Publication> last) {
      bring(to -> to.onSubscribed(selector, last));
    }

    @Override
    public void onPublication(Publication publication) {
      bring(new Call(true, to -> to.onPublication(publication)));
    }

    @Override
    public void onPosition(String channel, Position position, @Nullable Publication newest) {
      bring(to -> to.onPosition(channel, position, newest));
    }

    @Override
    public void onState(State state) {
      bring(to -> to.onState(state));
    }
  }
}
