package dev.tapeline.server.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.net.LiveFeed;
import dev.tapeline.simulate.control.SimulatorControl;
import dev.tapeline.simulate.control.VendorSimulator;
import dev.tapeline.simulate.net.Fault;
import java.util.List;
import java.util.Map;

/**
 * A real feed at the simulator of its vendor, what has come of it, and how to wait for that. Owned
 * by the test's thread.
 */
abstract class VendorRig implements AutoCloseable {

  final JumpingClock clock = new JumpingClock();
  final Observer seen = new Observer();

  abstract LiveFeed feed();

  abstract VendorSimulator<?> simulator();

  /** What a test that waits in vain is to say of the prices. */
  abstract String prices();

  SimulatorControl control() {
    return simulator().control();
  }

  void inject(Fault fault) {
    control().inject(fault);
  }

  /** Waits until the feed has told that it is live: it knows so itself a moment before. */
  void awaitLive() {
    Await.until(() -> seen.isNow(FeedStatus.State.LIVE), this::told);
  }

  /** Waits until some state since the last look begins like this. */
  void awaitState(String beginning) {
    Await.until(
        () -> seen.states().stream().anyMatch(state -> state.startsWith(beginning)), this::told);
  }

  /** Waits until so many of a fault have been counted. */
  void awaitFault(String kind, long count) {
    Await.until(() -> faults().getOrDefault(kind, 0L) >= count, this::told);
  }

  /** Waits until the simulator has seen so many sockets. */
  void awaitOpened(int count) {
    Await.until(() -> opened() >= count, this::told);
  }

  String told() {
    return "%s, %s, %s, %s".formatted(seen.states(), seen.failures(), feed().figures(), prices());
  }

  Map<String, Long> faults() {
    return feed().figures().faults();
  }

  /** How many sockets the simulator has seen. */
  int opened() {
    return control().state().path("opened").asInt();
  }

  /** Nobody has noticed anything since the last look, but for the counters. */
  void assertUntouched(Map<String, Long> faults) {
    assertEquals(List.of(), seen.states());
    assertEquals(faults, faults());
    assertEquals(1, opened());
  }

  /** How the feed has ended by itself, which it never should. */
  List<String> failures() {
    return seen.failures();
  }

  @Override
  public final void close() {
    feed().close();
    simulator().close();
  }
}
