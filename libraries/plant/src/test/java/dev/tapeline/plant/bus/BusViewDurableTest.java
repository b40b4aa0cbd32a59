package dev.tapeline.plant.bus;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DurableBusContract;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedDemand;
import java.util.List;

/** The durable channels of a view, of a bus whose hub has subscribed them already. */
class BusViewDurableTest extends DurableBusContract {

  @Override
  protected Bus newBus() {
    SharedBus shared =
        new SharedBus(new EmbeddedBus(100, RULES, System::currentTimeMillis), new EmbeddedDemand());
    shared.start(new BusRecorder());
    for (String selector : List.of("*", "d:*", "d:a", "d:b")) {
      shared.subscribe(Selector.parse(selector));
    }
    return shared.view();
  }
}
