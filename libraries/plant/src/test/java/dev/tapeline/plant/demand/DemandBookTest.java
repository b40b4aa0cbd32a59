package dev.tapeline.plant.demand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.DemandRecorder;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedDemand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DemandBookTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Duration LINGER = Duration.ofSeconds(10);

  private final DemandBook book = new DemandBook(LINGER, selectors("pinned", "p:*"), 6);
  private final DemandRecorder heard = new DemandRecorder();

  private static List<Selector> selectors(String... texts) {
    return Stream.of(texts).map(Selector::parse).toList();
  }

  @Test
  void pinnedSelectorsAreWantedForever() {
    book.listen(heard);
    assertEquals(List.of("p:*", "pinned"), heard.wanted());
    book.onWanted(selectors("pinned"));
    book.onReleased(selectors("pinned"));
    book.onTime(0);
    book.onTime(100 * SECOND);
    assertTrue(book.isWanted("pinned"));
    assertTrue(book.isWanted("p:any"));
    assertFalse(book.isWanted("other"));
    assertEquals(List.of("+p:*", "+pinned"), heard.events().stream().sorted().toList());
  }

  @Test
  void staysWantedAWhileAfterTheLastReason() {
    book.listen(heard);
    book.onWanted(selectors("a"));
    DemandBook.Reservation order = book.hold(Selector.parse("a"));
    book.onReleased(selectors("a"));
    book.onTime(0);
    book.onTime(50 * SECOND);
    assertTrue(book.isWanted("a"));
    order.close();
    order.close();
    book.onTime(100 * SECOND);
    book.onTime(110 * SECOND - 1);
    assertTrue(book.isWanted("a"));
    book.onTime(110 * SECOND);
    assertFalse(book.isWanted("a"));
    assertEquals("-a", heard.events().getLast());
  }

  @Test
  void aNewReasonInTimeChangesNothing() {
    book.listen(heard);
    book.onWanted(selectors("a", "x:*"));
    int told = heard.events().size();
    for (int i = 0; i < 5; i++) {
      book.onReleased(selectors("a", "x:*"));
      book.onTime(i * 9 * SECOND);
      book.onWanted(selectors("a", "x:*"));
    }
    book.onTime(100 * SECOND);
    assertEquals(told, heard.events().size());
    assertTrue(book.isWanted("x:1"));
  }

  @Test
  void refusesAndCountsWhatIsTooMuch() {
    book.onWanted(selectors("a", "b", "c", "d", "e"));
    assertEquals(1, book.refused());
    DemandBook.Reservation refused = book.hold(Selector.parse("f"));
    assertFalse(refused.isHeld());
    refused.close();
    assertTrue(book.hold(Selector.parse("a")).isHeld());
    assertEquals(2, book.refused());
    assertEquals(new DemandBook.Size(5, 1), book.size());
    assertFalse(book.isWanted("e"));
  }

  @Test
  void clientsOfTheNodeReachSourcesReportsAndMeters() {
    EmbeddedDemand demand = new EmbeddedDemand(3);
    demand.listen(book);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    DemandMeters.bind(meters, demand, book);
    demand.want(selectors("a", "b", "c:*", "d"));
    assertTrue(book.isWanted("c:1"));
    assertEquals(new DemandReport(2, 1, null), DemandReport.of(demand));
    assertEquals(
        new DemandReport(2, 1, new DemandReport.Supplied(3, 2)), DemandReport.of(demand, book));
    assertEquals(2, meters.get("tapeline.demand.channels").gauge().value());
    assertEquals(1, meters.get("tapeline.demand.patterns").gauge().value());
    assertEquals(1, meters.get("tapeline.demand.refused").functionCounter().count());
  }

  private enum Deed {
    WANT,
    RELEASE,
    HOLD,
    GIVE_UP
  }

  /** Something that happens to a selector, a number of seconds after what was before. */
  private record Step(Deed deed, String name, int seconds) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(Deed.class),
            Arbitraries.of("a", "b", "c:*"),
            Arbitraries.integers().between(0, 12))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  /** After each step the book agrees with a model that counts reasons and has a clock. */
  @Property(tries = 1_000)
  void wantedAsLongAsThereWasAReasonWithinTheTime(@ForAll("steps") List<Step> steps) {
    DemandBook some = new DemandBook(LINGER, List.of(), 10);
    DemandRecorder recorder = new DemandRecorder();
    some.listen(recorder);
    Map<String, Boolean> clients = new HashMap<>();
    Map<String, List<DemandBook.Reservation>> holds = new HashMap<>();
    Map<String, Long> last = new HashMap<>();
    long now = 0;
    for (Step step : steps) {
      now += step.seconds();
      String name = step.name();
      some.onTime(now * SECOND);
      carryOut(step, some, clients, holds.computeIfAbsent(name, _ -> new ArrayList<>()));
      some.onTime(now * SECOND);
      for (String each : holds.keySet()) {
        if (clients.getOrDefault(each, false) || !holds.get(each).isEmpty()) {
          last.put(each, Long.MAX_VALUE);
        } else if (last.getOrDefault(each, 0L) == Long.MAX_VALUE) {
          last.put(each, now);
        }
      }
      long time = now;
      TreeSet<String> wanted = new TreeSet<>(last.keySet());
      wanted.removeIf(each -> last.get(each) <= time - LINGER.toSeconds());
      assertEquals(List.copyOf(wanted), recorder.wanted());
      assertEquals(wanted.contains("a"), some.isWanted("a"));
      assertEquals(wanted.contains("c:*"), some.isWanted("c:x"));
    }
  }

  private static void carryOut(
      Step step,
      DemandBook some,
      Map<String, Boolean> clients,
      List<DemandBook.Reservation> holds) {
    switch (step.deed()) {
      case WANT -> {
        clients.put(step.name(), true);
        some.onWanted(selectors(step.name()));
      }
      case RELEASE -> {
        clients.put(step.name(), false);
        some.onReleased(selectors(step.name()));
      }
      case HOLD -> holds.add(some.hold(Selector.parse(step.name())));
      case GIVE_UP -> {
        if (!holds.isEmpty()) {
          holds.removeLast().close();
        }
      }
    }
  }
}
