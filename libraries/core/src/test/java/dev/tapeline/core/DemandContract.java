package dev.tapeline.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every demand, for a single node; each implementation runs it. */
public abstract class DemandContract {

  protected static final int MAX = 100;

  protected Demand demand;
  protected DemandRecorder recorder;

  /** A demand that accepts {@link #MAX} wishes, and has none yet. */
  protected abstract Demand newDemand() throws Exception;

  @BeforeEach
  void make() throws Exception {
    demand = newDemand();
    recorder = new DemandRecorder();
  }

  @AfterEach
  void closeDemand() {
    demand.close();
  }

  protected static List<Selector> selectors(String... texts) {
    return Stream.of(texts).map(Selector::parse).toList();
  }

  /** Waits until both are equal, at most 20 s. */
  protected static <T> void await(T expected, Supplier<T> actual) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!expected.equals(actual.get()) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertEquals(expected, actual.get());
  }

  @Test
  void tellsTheFirstWishAndTheEnd() {
    demand.listen(recorder);
    demand.want(selectors("a", "m:*"));
    await(List.of("a", "m:*"), recorder::wanted);
    demand.release(selectors("a"));
    await(List.of("m:*"), recorder::wanted);
    demand.want(selectors("a"));
    await(List.of("a", "m:*"), recorder::wanted);
    assertEquals(List.of("+a", "+m:*", "-a", "+a"), recorder.events());
  }

  @Test
  void wantingTwiceIsWantingOnce() {
    demand.listen(recorder);
    demand.want(selectors("a", "a"));
    demand.want(selectors("a"));
    demand.release(selectors("never", "a"));
    await(List.of("+a", "-a"), recorder::events);
    assertEquals(0, demand.nodesWanting(Channel.of("a")));
  }

  @Test
  void tellsALateListenerWhatIsWantedAlready() {
    demand.want(selectors("a", "b"));
    demand.release(selectors("b"));
    demand.listen(recorder);
    await(List.of("a"), recorder::wanted);
    assertEquals(List.of("+a"), recorder.events());
  }

  @Test
  void countsNamesAndPatternsApart() {
    demand.listen(recorder);
    demand.want(selectors("market:tick:*", "market:tick:A", "*"));
    await(new Demand.Wishes(1, 1, 2), demand::all);
    assertEquals(new Demand.Wishes(1, 1, 2), demand.own());
    assertEquals(1, demand.nodesWanting(Selector.parse("market:tick:*")));
    assertEquals(0, demand.nodesWanting(Selector.parse("market:tick:B")));
  }

  @Test
  void refusesAndCountsWhatIsBeyondTheLimit() {
    demand.listen(recorder);
    List<Channel> many = IntStream.range(0, MAX + 5).mapToObj(i -> Channel.of("c" + i)).toList();
    demand.want(many);
    await(MAX, recorder::count);
    assertEquals(5, demand.refused());
    assertEquals(new Demand.Wishes(1, MAX, 0), demand.own());
    demand.release(selectors("c0"));
    demand.want(selectors("c" + MAX));
    await(List.of("+c" + MAX), () -> recorder.events().subList(MAX + 1, MAX + 2));
    assertEquals(5, demand.refused());
  }

  @Test
  void tellsNothingOnceItIsClosed() {
    demand.listen(recorder);
    demand.want(selectors("a"));
    await(List.of("a"), recorder::wanted);
    demand.close();
    assertEquals(List.of("+a"), recorder.events());
    assertEquals(new Demand.Wishes(0, 0, 0), demand.own());
  }
}
