package dev.tapeline.plant.bus;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusContract;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedDemand;
import java.util.List;

/** A view, of a bus whose hub has subscribed everything already. */
class BusViewTest extends BusContract {

  @Override
  protected Bus newBus() {
    SharedBus shared = new SharedBus(new EmbeddedBus(100), new EmbeddedDemand());
    shared.start(new BusRecorder());
    for (String selector : List.of("*", "a", "s:*", "market:*", "market:tick:X", "s:x")) {
      shared.subscribe(Selector.parse(selector));
    }
    return shared.view();
  }
}
