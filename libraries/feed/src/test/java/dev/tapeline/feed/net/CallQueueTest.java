package dev.tapeline.feed.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.RestCall.Budget;
import dev.tapeline.feed.vendor.RestCall.Cost;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CallQueueTest {

  private static final long SECOND = 1_000_000_000;
  private static final long START = Long.MAX_VALUE - 3 * SECOND; // the clock may overflow
  private static final Budget QUOTES = new Budget("quotes", 1, Duration.ofSeconds(1));
  private static final Budget DATA = new Budget("data", 5, Duration.ofSeconds(1));

  private static RestCall call(String name, Cost... costs) {
    return new RestCall(
        name,
        "GET",
        () -> Address.of(URI.create("http://localhost/")),
        null,
        List.of(costs),
        Duration.ofSeconds(1));
  }

  private static CallQueue queue(Budget... budgets) {
    return new CallQueue(new Budgets(List.of(budgets)), 1000);
  }

  /** The names of all calls that may be made at a time. */
  private static List<String> take(CallQueue queue, long now) {
    List<String> names = new ArrayList<>();
    for (RestCall next = queue.take(now); next != null; next = queue.take(now)) {
      names.add(next.name());
    }
    return names;
  }

  @Test
  void aCallWaitsUntilItsBudgetHasRoom() {
    CallQueue queue = queue(QUOTES);
    Stream.of("a", "b").forEach(name -> queue.add(call(name, new Cost("quotes", 1))));
    assertEquals(List.of("a"), take(queue, START));
    assertEquals(SECOND, queue.nanosUntilNext(START));
    assertEquals(List.of(), take(queue, START + SECOND - 1));
    assertEquals(List.of("b"), take(queue, START + SECOND));
    assertEquals(Long.MAX_VALUE, queue.nanosUntilNext(START + SECOND));
  }

  @Test
  void aCallWaitsForAllItsBudgets() {
    CallQueue queue = queue(QUOTES, DATA);
    queue.add(call("a", new Cost("quotes", 1)));
    queue.add(call("b", new Cost("data", 5)));
    queue.add(call("c", new Cost("quotes", 1), new Cost("data", 1)));
    assertEquals(List.of("a", "b"), take(queue, START));
    assertEquals(List.of("c"), take(queue, START + SECOND));
  }

  @Test
  void severalBudgetsOfOneNameHoldTogether() {
    CallQueue queue = queue(DATA, new Budget("data", 6, Duration.ofDays(1)));
    for (int i = 0; i < 8; i++) {
      queue.add(call("call " + i, new Cost("data", 1)));
    }
    assertEquals(5, take(queue, START).size());
    assertEquals(List.of("call 5"), take(queue, START + SECOND));
    assertEquals(86_399 * SECOND, queue.nanosUntilNext(START + SECOND));
  }

  @Test
  void noCallOvertakesAnotherOfItsBudget() {
    CallQueue queue = queue(DATA, QUOTES);
    queue.add(call("a", new Cost("data", 3)));
    queue.add(call("big", new Cost("data", 4)));
    queue.add(call("small", new Cost("data", 1)));
    queue.add(call("other", new Cost("quotes", 1)));
    assertEquals(List.of("a", "other"), take(queue, START));
    assertEquals(List.of("big", "small"), take(queue, START + SECOND));
  }

  @Test
  void aWaitingCallOfTheSameNameIsReplacedInItsPlace() {
    CallQueue queue = queue(DATA);
    queue.add(call("a", new Cost("data", 5)));
    assertEquals(List.of("a"), take(queue, START));
    queue.add(call("b", new Cost("data", 1)));
    queue.add(call("c", new Cost("data", 1)));
    queue.add(call("b", new Cost("data", 2)));
    queue.add(call("a", new Cost("data", 1)));
    assertEquals(3, queue.size());
    assertEquals(List.of("b", "c", "a"), take(queue, START + SECOND));
  }

  @Test
  void aRestHoldsItsBudgetAlone() {
    CallQueue queue = queue(DATA, QUOTES);
    queue.rest("data", START + 60 * SECOND);
    queue.rest("data", START + 5 * SECOND);
    queue.rest("nothing", START + 5 * SECOND);
    queue.add(call("a", new Cost("data", 1)));
    queue.add(call("b", new Cost("quotes", 1)));
    assertEquals(List.of("b"), take(queue, START));
    assertEquals(60 * SECOND, queue.nanosUntilNext(START));
    assertEquals(List.of("a"), take(queue, START + 60 * SECOND));
  }

  @Test
  void callsThatCanNeverBeMadeAreRefused() {
    CallQueue queue = queue(DATA);
    assertEquals("there is no budget gold", queue.add(call("a", new Cost("gold", 1))));
    assertEquals(
        "a weight of 6 is over the budget data", queue.add(call("a", new Cost("data", 6))));
    assertEquals(0, queue.size());
  }

  @Test
  void theNumberOfWaitingCallsIsLimited() {
    CallQueue queue = new CallQueue(new Budgets(List.of(QUOTES)), 2);
    assertNull(queue.add(call("a", new Cost("quotes", 1))));
    assertNull(queue.add(call("b", new Cost("quotes", 1))));
    assertEquals("too many calls wait", queue.add(call("c", new Cost("quotes", 1))));
    assertNull(queue.add(call("b", new Cost("quotes", 1))));
  }

  /** A call is made. */
  private record Made(long time, int weight) {}

  @Property(tries = 200)
  void noPeriodHasMoreThanItsBudget(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 5) Integer> weights,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 1500) Integer> steps) {
    CallQueue queue = queue(DATA);
    for (int i = 0; i < weights.size(); i++) {
      queue.add(call("call " + i, new Cost("data", weights.get(i))));
    }
    List<Made> made = new ArrayList<>();
    long now = START;
    for (int i = 0; queue.size() > 0; i++) {
      for (RestCall next = queue.take(now); next != null; next = queue.take(now)) {
        made.add(new Made(now, next.costs().getFirst().weight()));
      }
      now += Math.max(1, steps.get(i % steps.size())) * 1_000_000L;
    }
    assertEquals(weights, made.stream().map(Made::weight).toList());
    for (Made first : made) {
      int within =
          made.stream()
              .filter(each -> each.time - first.time >= 0 && each.time - first.time < SECOND)
              .mapToInt(Made::weight)
              .sum();
      assertTrue(within <= 5, () -> within + " in a second from " + first);
    }
  }

  @Property(tries = 300)
  void theNextCallMayBeMadeWhenItsWaitIsOverAndNotBefore(
      @ForAll @Size(min = 2, max = 40) List<@IntRange(min = 1, max = 5) Integer> weights) {
    CallQueue queue = queue(DATA);
    for (int i = 0; i < weights.size(); i++) {
      queue.add(call("call " + i, new Cost("data", weights.get(i))));
    }
    long now = START;
    while (queue.size() > 0) {
      long wait = queue.nanosUntilNext(now);
      if (wait > 0) {
        assertNull(queue.take(now + wait - 1));
      }
      now += wait;
      assertEquals(0, queue.nanosUntilNext(now));
      assertTrue(queue.take(now) != null);
    }
  }

  @Test
  void whatIsRememberedOfALargeBudgetIsBounded() {
    SlidingWindow window = new SlidingWindow(new Budget("day", 100_000, Duration.ofDays(1)));
    long now = START;
    for (int i = 0; i < 100_000; i++) {
      assertEquals(0, window.nanosUntil(1, now));
      window.spend(1, now);
      now += SECOND / 5;
    }
    long wait = window.nanosUntil(1, now);
    long exact = START + 86_400 * SECOND - now;
    assertEquals(exact, wait);
    assertTrue(window.size() <= 2001, () -> window.size() + " parts");
  }
}
