package dev.tapeline.plant.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.Demand;
import dev.tapeline.core.DemandRecorder;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedDemand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the hub and two views subscribe, each gets exactly what it has asked for. */
class SharedBusLawTest {

  private static final List<String> SELECTORS = List.of("a", "ab", "a*", "*b", "*");
  private static final List<String> CHANNELS = List.of("a", "ab", "b", "c");
  private static final int VIEWS = 3;

  /** A view changes its mind about a selector. */
  private record Step(int view, String selector) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, VIEWS - 1), Arbitraries.of(SELECTORS))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 500)
  void eachViewGetsExactlyWhatItWants(@ForAll("steps") List<Step> steps) {
    Demand demand = new EmbeddedDemand();
    DemandRecorder heard = new DemandRecorder();
    demand.listen(heard);
    SharedBus shared = new SharedBus(new EmbeddedBus(100), demand);
    List<Bus> views = List.of(shared, shared.view(), shared.view());
    List<BusRecorder> recorders =
        IntStream.range(0, VIEWS).mapToObj(_ -> new BusRecorder()).toList();
    List<Set<String>> wanted =
        IntStream.range(0, VIEWS).<Set<String>>mapToObj(_ -> new TreeSet<>()).toList();
    List<List<String>> expected =
        IntStream.range(0, VIEWS).<List<String>>mapToObj(_ -> new ArrayList<>()).toList();
    IntStream.range(0, VIEWS).forEach(i -> views.get(i).start(recorders.get(i)));
    int number = 0;
    for (Step step : steps) {
      Selector selector = Selector.parse(step.selector());
      if (wanted.get(step.view()).add(step.selector())) {
        views.get(step.view()).subscribe(selector);
      } else {
        wanted.get(step.view()).remove(step.selector());
        views.get(step.view()).unsubscribe(selector);
      }
      for (String channel : CHANNELS) {
        Publication publication = Publication.of(channel, String.valueOf(number++));
        var _ = shared.publish(List.of(publication));
        for (int i = 0; i < VIEWS; i++) {
          if (wanted.get(i).stream().anyMatch(it -> Selector.parse(it).matches(channel))) {
            expected.get(i).add(publication.toString());
          }
        }
      }
      assertEquals(List.copyOf(wanted.getFirst()), heard.wanted());
    }
    for (int i = 0; i < VIEWS; i++) {
      assertEquals(expected.get(i), recorders.get(i).texts());
    }
  }
}
