package dev.tapeline.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every bus; one subclass for each implementation runs it. */
public abstract class BusContract {

  private static final Publication A_1 = Publication.of("a", "1");
  private static final Set<Thread.State> STUCK_OR_DONE =
      Set.of(Thread.State.BLOCKED, Thread.State.TERMINATED);

  protected Bus bus;
  protected BusRecorder recorder;

  /** A bus that is not started. */
  protected abstract Bus newBus() throws Exception;

  @BeforeEach
  void startBus() throws Exception {
    bus = newBus();
    recorder = new BusRecorder();
    bus.start(recorder);
    recorder.await(() -> bus.state() == Bus.State.UP);
  }

  @AfterEach
  void closeBus() {
    bus.close();
  }

  @Test
  void deliversTheBytesAsTheyWerePublished() {
    subscribe("a");
    byte[] payload = {0, (byte) 0xff, '"', '\n', (byte) 0xc3};
    bus.publish(List.of(Publication.of("a", payload)));
    recorder.awaitPublications(1);
    assertEquals(List.of(0, -1, 34, 10, -61), bytes(recorder.publications().getFirst().payload()));
  }

  @Test
  void deliversOnlyWhatIsSubscribed() throws Exception {
    subscribe("a");
    publish("b", 1);
    publish("a", 2);
    recorder.awaitPublications(1);
    assertEquals(List.of("a 2"), recorder.texts());
  }

  @Test
  void saysItsStateWhileItDelivers() {
    subscribe("a");
    synchronized (recorder) { // which can't take what is delivered meanwhile
      Thread publisher = Thread.ofPlatform().start(() -> bus.publish(List.of(A_1)));
      while (!STUCK_OR_DONE.contains(publisher.getState())) {
        Thread.onSpinWait();
      }
      CompletableFuture<Bus.State> told = CompletableFuture.supplyAsync(bus::state);
      assertEquals(Bus.State.UP, told.orTimeout(10, TimeUnit.SECONDS).join());
    }
    recorder.awaitPublications(1);
  }

  @Test
  void keepsTheOrderOfAChannel() {
    subscribe("a");
    bus.publish(
        IntStream.range(0, 1000).mapToObj(i -> Publication.of("a", String.valueOf(i))).toList());
    recorder.awaitPublications(1000);
    assertEquals(IntStream.range(0, 1000).mapToObj(i -> "a " + i).toList(), recorder.texts());
  }

  @Test
  void overlappingSelectorsDeliverOnce() throws Exception {
    subscribe("market:tick:X");
    subscribe("market:tick:*");
    subscribe("market:*");
    publish("market:tick:X", 1);
    publish("market:tick:Y", 2);
    publish("market:z", 3);
    publish("end", 4);
    publish("market:end", 5);
    recorder.awaitPublications(4);
    assertEquals(
        List.of("market:tick:X 1", "market:tick:Y 2", "market:z 3", "market:end 5"),
        recorder.texts());
  }

  @Test
  void switchingBetweenOwnAndPatternSubscriptionLosesAndDoublesNothing() throws Exception {
    subscribe("s:x");
    Thread publisher =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 3000; i++) {
                publish("s:x", i);
              }
            });
    for (int i = 0; i < 30; i++) {
      bus.subscribe(Selector.parse("s:*"));
      bus.unsubscribe(Selector.parse("s:x"));
      bus.subscribe(Selector.parse("s:x"));
      bus.unsubscribe(Selector.parse("s:*"));
    }
    assertTrue(publisher.join(java.time.Duration.ofSeconds(20)));
    recorder.awaitPublications(3000);
    assertEquals(IntStream.range(0, 3000).mapToObj(i -> "s:x " + i).toList(), recorder.texts());
  }

  @Test
  void afterUnsubscribeNothingComes() throws Exception {
    subscribe("a");
    subscribe("b");
    bus.unsubscribe(Selector.parse("a"));
    bus.unsubscribe(Selector.parse("never subscribed"));
    publish("b", 0);
    recorder.awaitPublications(1);
    publish("a", 1);
    publish("b", 2);
    recorder.awaitPublications(2);
    assertEquals(List.of("b 0", "b 2"), recorder.texts());
  }

  @Test
  void subscribingTwiceIsConfirmedOnceAndDeliversOnce() throws Exception {
    subscribe("a");
    bus.subscribe(Selector.parse("a"));
    publish("a", 1);
    subscribe("b");
    publish("b", 2);
    recorder.awaitPublications(2);
    assertEquals(List.of("a 1", "b 2"), recorder.texts());
    assertEquals(List.of("a", "b"), recorder.subscribed());
  }

  @Test
  void holderOfALeasePublishesAsAnyone() {
    subscribe("a");
    Fence fence = new Fence(newLease(), 7);
    join(
        bus.publish(
            IntStream.range(0, 1000).mapToObj(i -> Publication.of("a", "" + i)).toList(), fence));
    join(bus.publish(List.of(Publication.of("a", "end")), new Fence(fence.lease(), 8)));
    recorder.awaitPublications(1001);
    assertEquals(
        IntStream.rangeClosed(0, 1000).mapToObj(i -> "a " + (i < 1000 ? i : "end")).toList(),
        recorder.texts());
  }

  @Test
  void formerHolderPublishesNothing() {
    subscribe("a");
    String lease = newLease();
    join(bus.publish(List.of(Publication.of("a", "newer")), new Fence(lease, 8)));
    CompletionException refused =
        assertThrows(
            CompletionException.class,
            () -> join(bus.publish(List.of(Publication.of("a", "older")), new Fence(lease, 7))));
    assertTrue(FencedException.isIn(refused));
    assertEquals(8, ((FencedException) refused.getCause()).token());
    join(bus.publish(List.of(Publication.of("a", "other")), new Fence(newLease(), 1)));
    join(bus.publish(List.of(Publication.of("a", "end")), new Fence(lease, 8)));
    recorder.awaitPublications(3);
    assertEquals(List.of("a newer", "a other", "a end"), recorder.texts());
  }

  /** A lease that no earlier test has used. */
  private static String newLease() {
    return "lease-" + UUID.randomUUID();
  }

  private static void join(CompletionStage<Void> stage) {
    stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Subscribes and waits until the bus confirms. */
  protected void subscribe(String selector) {
    bus.subscribe(Selector.parse(selector));
    recorder.await(() -> recorder.subscribed().contains(selector));
  }

  /** Publishes a number and waits until the bus has it. */
  protected void publish(String channel, int number) {
    join(bus.publish(List.of(Publication.of(channel, String.valueOf(number)))));
  }

  private static List<Integer> bytes(byte[] payload) {
    return IntStream.range(0, payload.length).mapToObj(i -> (int) payload[i]).toList();
  }
}
