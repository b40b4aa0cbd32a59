package dev.tapeline.plant.wire;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where the batches of a feed go. */
public interface Carrier {

  /** Completes exceptionally where a batch was not taken. */
  CompletionStage<Void> publish(List<Publication> batch);

  /** Whether it reaches all who subscribe, on other nodes too. */
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
