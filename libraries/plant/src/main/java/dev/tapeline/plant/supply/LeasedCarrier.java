package dev.tapeline.plant.supply;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Fence;
import dev.tapeline.core.FencedException;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Publication;
import dev.tapeline.plant.wire.Carrier;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the batches of a source: to all nodes while this one holds the source's lease; without
 * it to this node's own clients, while the bus is away. The source's thread changes the lease, and
 * its feed's thread publishes.
 */
final class LeasedCarrier implements Carrier {

  private final PlantBus bus;
  private final Consumer<HeldLease> onFenced;
  private volatile @Nullable HeldLease held;

  /** The lease, while it is held. */
  record HeldLease(Leases.Claim claim, Fence fence) {}

  /**
   * @param onFenced is told when a batch is refused, as the lease has another holder; on any thread
   */
  LeasedCarrier(PlantBus bus, Consumer<HeldLease> onFenced) {
    this.bus = bus;
    this.onFenced = onFenced;
  }

  void hold(Leases.Claim claim, Fence fence) {
    held = new HeldLease(claim, fence);
  }

  void letGo() {
    held = null;
  }

  /** Whether this is the lease that is held. */
  boolean holds(HeldLease one) {
    return one.equals(held);
  }

  /** Whether a lease was granted and not let go; it may have run out since. */
  boolean holdsAny() {
    return held != null;
  }

  /** Whether the lease is held at this moment, by this node's own clock. */
  boolean isHeld() {
    HeldLease present = held;
    return present != null && present.claim().isHeld();
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> batch) {
    HeldLease by = held;
    return by != null && by.claim().isHeld()
        ? bus.own()
            .publish(batch, by.fence())
            .whenComplete((_, error) -> {
              if (error != null && FencedException.isIn(error)) {
                onFenced.accept(by);
              }
            })
        : bus.publishAlone(batch);
  }

  @Override
  public boolean isUp() {
    return isHeld() && bus.own().state() == Bus.State.UP;
  }
}
