package dev.tapeline.plant.wire;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The way by which the batches of a feed are published. */
public interface Carrier {

  /** Completes exceptionally where a batch was not taken. */
  CompletionStage<Void> publish(List<Publication> batch);

  /** Whether publications reach the subscribers on all nodes. */
  boolean isUp();

  static Carrier of(Bus bus) {
    return new Carrier() {
      @Override
      public CompletionStage<Void> publish(List<Publication> batch) {
        return bus.publish(batch);
      }

      @Override
      public boolean isUp() {
        return bus.state() == Bus.State.UP;
      }
    };
  }
}
