package dev.tapeline.plant.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusContract;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DemandRecorder;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedDemand;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bus of the hub, beside a view that wants the same and more. */
class SharedBusTest extends BusContract {

  private final EmbeddedDemand demand = new EmbeddedDemand();
  private final BusRecorder other = new BusRecorder();
  private Bus view;

  @Override
  protected Bus newBus() {
    SharedBus shared = new SharedBus(new EmbeddedBus(100, DurableRules.of("d:*"), () -> 0), demand);
    view = shared.view();
    return shared;
  }

  @BeforeEach
  void startView() {
    view.start(other);
    for (String selector : List.of("a", "s:*", "market:tick:*")) {
      view.subscribe(Selector.parse(selector));
    }
  }

  private static List<String> texts(List<Publication> publications) {
    return publications.stream().map(Publication::toString).toList();
  }

  @Test
  void eachViewGetsWhatItHasSubscribed() {
    subscribe("b");
    subscribe("s:x");
    publish("a", 1);
    publish("b", 2);
    publish("s:x", 3);
    publish("s:y", 4);
    assertEquals(List.of("b 2", "s:x 3"), recorder.texts());
    assertEquals(List.of("a 1", "s:x 3", "s:y 4"), other.texts());
  }

  @Test
  void whatTheHubHasAlreadyIsConfirmedWithTheNewest() {
    subscribe("n:x");
    subscribe("n:*");
    publish("n:x", 1);
    publish("n:y", 2);
    view.subscribe(Selector.parse("n:x"));
    assertEquals(List.of("n:x 1"), texts(other.last()));
    view.subscribe(Selector.parse("n:*"));
    assertEquals(List.of("n:x 1", "n:x 1", "n:y 2"), texts(other.last()));
    assertEquals(List.of("n:x", "n:*"), recorder.subscribed());
    view.subscribe(Selector.parse("n:x"));
    assertEquals(List.of("a", "s:*", "market:tick:*", "n:x", "n:*"), other.subscribed());
  }

  @Test
  void joiningLosesAndDoublesNothingForTheOthers() throws Exception {
    subscribe("j:x");
    subscribe("j:*");
    Thread publisher =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 3_000; i++) {
                publish("j:x", i);
              }
            });
    for (int i = 0; i < 200; i++) {
      for (String selector : List.of("j:x", "j:*", "j:x*")) {
        view.subscribe(Selector.parse(selector));
      }
      for (String selector : List.of("j:*", "j:x*", "j:x")) {
        view.unsubscribe(Selector.parse(selector));
      }
    }
    assertTrue(publisher.join(Duration.ofSeconds(20)));
    recorder.awaitPublications(3_000);
    assertEquals(IntStream.range(0, 3_000).mapToObj(i -> "j:x " + i).toList(), recorder.texts());
  }

  @Test
  void aDurableChannelIsJoinedAtItsPosition() {
    subscribe("d:x");
    publish("d:x", 1);
    publish("d:x", 2);
    view.subscribe(Selector.parse("d:x"));
    publish("d:x", 3);
    List<String> events = other.events();
    assertEquals(
        List.of("position d:x 2", "subscribed d:x", "d:x 3"),
        events.subList(events.size() - 3, events.size()));
    assertEquals("2", other.positions().getLast().newest());
    assertEquals(List.of("d:x 1", "d:x 2", "d:x 3"), recorder.texts());
  }

  @Test
  void onlyTheHubIsDemand() {
    DemandRecorder wanted = new DemandRecorder();
    demand.listen(wanted);
    subscribe("a");
    subscribe("m:*");
    bus.subscribe(Selector.parse("a"));
    view.subscribe(Selector.parse("view"));
    view.unsubscribe(Selector.parse("a"));
    assertEquals(List.of("a", "m:*"), wanted.wanted());
    bus.unsubscribe(Selector.parse("a"));
    bus.unsubscribe(Selector.parse("never"));
    assertEquals(List.of("+a", "+m:*", "-a"), wanted.events());
  }

  @Test
  void aClosedViewHearsNothingAndTheOthersGoOn() {
    subscribe("a");
    view.close();
    publish("a", 1);
    publish("s:x", 2);
    assertEquals(List.of("a 1"), recorder.texts());
    assertEquals(List.of(), other.texts());
    view = ((SharedBus) bus).view();
    view.start(other);
    view.subscribe(Selector.parse("s:x"));
    publish("s:x", 3);
    assertEquals(List.of("s:x 3"), other.texts());
    assertEquals(List.of(Bus.State.UP, Bus.State.UP), other.states());
  }

  @Test
  void aPublicationAllocatesNothing() {
    Deaf deaf = new Deaf();
    EmbeddedBus counted = new EmbeddedBus(10);
    SharedBus shared = new SharedBus(counted, demand);
    shared.start(deaf);
    Bus second = shared.view();
    second.start(deaf);
    shared.subscribe(Selector.parse("x"));
    second.subscribe(Selector.parse("x*"));
    List<Publication> one = List.of(Publication.of("x", "1"));
    long alone = allocatedBy(counted, one);
    assertTrue(deaf.count > 0);
    EmbeddedBus plain = new EmbeddedBus(10);
    plain.start(deaf);
    plain.subscribe(Selector.parse("x"));
    plain.subscribe(Selector.parse("x*"));
    long without = allocatedBy(plain, one);
    assertTrue(alone <= without + without / 10, () -> alone + " bytes instead of " + without);
  }

  /** The bytes that a thousand publications allocate, once the code is warm. */
  private static long allocatedBy(Bus bus, List<Publication> one) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 500; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int j = 0; j < 1_000; j++) {
        var _ = bus.publish(one);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  /** Counts publications. */
  private static final class Deaf implements Bus.Listener {

    private int count;

    @Override
    public void onSubscribed(Selector selector, List<Publication> last) {}

    @Override
    public void onPublication(Publication publication) {
      count++;
    }

    @Override
    public void onPosition(String channel, Position position, @Nullable Publication newest) {}

    @Override
    public void onState(Bus.State state) {}
  }
}
