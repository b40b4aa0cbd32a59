package dev.tapeline.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every bus with durable channels, and of their log; one subclass for each
 * implementation runs it.
 */
public abstract class DurableBusContract extends ChannelLogContract {

  @Test
  void publishGoesThroughTheLog() {
    subscribe("d:a");
    publish("d:a", "1");
    append(of("d:a", "2"));
    publish("d:a", "3");
    recorder.awaitPublications(3);
    assertEquals(List.of("1#1", "2#2", "3#3"), delivered("d:a"));
    assertEquals(List.of("1", "2", "3"), texts(read("d:a", 0, ALL)));
  }

  @Test
  void publishingOneTellsWhereTheLogHasPutIt() {
    subscribe("*");
    Optional<Position> first = place(Publication.of("d:a", "1"));
    Optional<Position> second = place(Publication.of("d:a", "2"));
    assertEquals(Optional.empty(), place(Publication.of("plain", "3")));
    recorder.awaitPublications(3);
    assertEquals(List.of("1#1", "2#2"), delivered("d:a"));
    String epoch = read("d:a", 0, ALL).top().epoch();
    assertEquals(Optional.of(new Position(epoch, 1)), first);
    assertEquals(Optional.of(new Position(epoch, 2)), second);
  }

  private Optional<Position> place(Publication publication) {
    return bus.publish(publication).toCompletableFuture().join();
  }

  @Test
  void positionIsToldBeforeTheSubscription() {
    appendNumbers("d:a", 3);
    subscribe("d:a");
    subscribe("d:never");
    Position top = all().top();
    assertEquals(
        List.of("position d:a 3", "subscribed d:a", "position d:never 0", "subscribed d:never"),
        recorder.events());
    assertEquals(new BusRecorder.Told("d:a", top, "3"), recorder.positions().getFirst());
    assertEquals("", recorder.positions().getLast().newest());
    append(of("d:a", "4"), of("d:never", "5"));
    recorder.awaitPublications(2);
    assertEquals(List.of("4#4"), delivered("d:a"));
    assertEquals(List.of("5#1"), delivered("d:never"));
    Position told = recorder.positions().getLast().position();
    assertEquals(new Position(told.epoch(), 1), positionOf("d:never"));
  }

  @Test
  void newestBehindAnEmptyLogIsNotTold() {
    append(of("d:brief", "1"));
    recorder.await(() -> read("d:brief", 0, ALL).entries().isEmpty());
    subscribe("d:brief");
    BusRecorder.Told told = recorder.positions().getFirst();
    assertEquals(1, told.position().seq());
    assertEquals("", told.newest());
  }

  @Test
  void newestOfDurableChannelsComesWithItsPosition() {
    appendNumbers("d:a", 3);
    appendNumbers("d:b", 2);
    subscribe("d:*");
    assertEquals(
        Set.of("3", "2"),
        recorder.last().stream().map(Publication::text).collect(Collectors.toSet()));
    for (Publication newest : recorder.last()) {
      assertEquals(read(newest.channel(), 0, ALL).top(), newest.position());
    }
    append(of("d:a", "4"), of("d:b", "3"));
    recorder.awaitPublications(2);
    assertEquals(List.of("4#4"), delivered("d:a"));
    assertEquals(List.of("3#3"), delivered("d:b"));
  }

  @Test
  void subscribingAgainGoesOnFromTheToldPosition() {
    subscribe("d:a");
    appendNumbers("d:a", 2);
    recorder.awaitPublications(2);
    bus.unsubscribe(Selector.parse("d:a"));
    subscribe("d:barrier");
    appendNumbers("d:a", 3);
    bus.subscribe(Selector.parse("d:a"));
    recorder.await(
        () -> recorder.subscribed().stream().filter(name -> name.equals("d:a")).count() == 2);
    assertEquals(5, recorder.positions().getLast().position().seq());
    append(of("d:a", "last"));
    recorder.await(() -> delivered("d:a").contains("last#6"));
  }

  @Test
  void nameAndPatternsDeliverOnce() {
    subscribe("d:a");
    subscribe("d:*");
    subscribe("*a");
    appendNumbers("d:a", 50);
    append(of("d:b", "end"));
    recorder.await(() -> !delivered("d:b").isEmpty());
    assertEquals(
        IntStream.rangeClosed(1, 50).mapToObj(i -> i + "#" + i).toList(), delivered("d:a"));
  }

  @Test
  void patternTakesPlainAndDurableChannels() {
    subscribe("*");
    publish("plain", "1");
    publish("d:a", "2");
    recorder.awaitPublications(2);
    assertEquals(Set.of("plain 1", "d:a 2"), new HashSet<>(recorder.texts()));
  }

  @Test
  void plainChannelsHaveNoPosition() {
    subscribe("plain");
    publish("plain", "1");
    publish("plain", "2");
    recorder.awaitPublications(2);
    assertEquals(List.of("plain 1", "plain 2"), recorder.texts());
    assertEquals(List.of(), recorder.positions());
    assertTrue(recorder.publications().stream().allMatch(it -> it.position() == null));
  }

  @Test
  void formerHolderOfALeasePublishesNothing() {
    subscribe("*");
    Fence older = new Fence("feed:x", 7);
    List<Publication> both = List.of(Publication.of("plain", "1"), Publication.of("d:a", "2"));
    await(bus.publish(both, older));
    Fence newer = new Fence("feed:x", 8);
    await(bus.publish(both, newer));
    for (Publication one : both) {
      CompletionException refused =
          assertThrows(CompletionException.class, () -> await(bus.publish(List.of(one), older)));
      assertTrue(FencedException.isIn(refused));
    }
    await(bus.publish(List.of(Publication.of("plain", "end")), newer));
    publish("d:a", "end");
    recorder.awaitPublications(6);
    assertEquals(List.of("2#1", "2#2", "end#3"), delivered("d:a"));
    assertEquals(
        List.of("plain 1", "plain 1", "plain end"),
        recorder.texts().stream().filter(text -> text.startsWith("plain")).toList());
  }

  @Test
  void subscribingAmongPublishersLosesAndDoublesNothing() throws Exception {
    int publishers = 3;
    int batches = 100;
    CountDownLatch subscribed = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < publishers; i++) {
      String text = "p" + i;
      threads.add(Thread.ofVirtual().start(() -> publishBatches(text, batches, subscribed)));
    }
    recorder.await(() -> read("d:a", 0, 1).top().seq() > 20);
    bus.subscribe(Selector.parse("d:a"));
    subscribed.countDown();
    recorder.await(() -> recorder.publications().size() > 20);
    bus.subscribe(Selector.parse("d:*"));
    bus.unsubscribe(Selector.parse("d:a"));
    for (Thread thread : threads) {
      assertTrue(thread.join(Duration.ofSeconds(30)));
    }
    long top = (long) publishers * batches * 4;
    recorder.await(() -> recorder.publications().stream().anyMatch(it -> at(it).seq() == top));
    long start = recorder.positions().getFirst().position().seq();
    assertEquals(
        LongStream.rangeClosed(start + 1, top).boxed().toList(),
        recorder.publications().stream().map(it -> at(it).seq()).toList());
    assertEquals(
        texts(read("d:a", start, ALL)),
        recorder.publications().stream().map(Publication::text).toList());
  }

  /** Publishes batches; the second half waits until a client subscribes. */
  private void publishBatches(String text, int batches, CountDownLatch subscribed) {
    for (int i = 0; i < batches; i++) {
      if (i == batches / 2) {
        awaitOrFail(subscribed);
      }
      Append append = of("d:a", text + "-" + i);
      append(append, append, append, append);
    }
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Position positionOf(String channel) {
    return recorder.publications().stream()
        .filter(publication -> publication.channel().equals(channel))
        .map(DurableRig::at)
        .findFirst()
        .orElseThrow();
  }
}
