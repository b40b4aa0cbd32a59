package dev.tapeline.feed.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.vendor.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InboxTest {

  private final AtomicLong clock = new AtomicLong(1000);
  private final List<Inbox.Entry> batch = new ArrayList<>();

  private Inbox inbox(int arrivals, long bytes) {
    return new Inbox(
        Limits.inbox(NetSettings.DEFAULT, arrivals, bytes),
        () -> Instant.ofEpochMilli(clock.get()));
  }

  private static void put(Inbox inbox, int bytes) {
    inbox.put(time -> new Arrival.Frame("a", false, new byte[bytes], time));
  }

  private List<Long> times() {
    return batch.stream().map(entry -> entry.arrival().received()).toList();
  }

  @Test
  void timeStandsStillWhileTheClockIsBehindIt() {
    Inbox inbox = inbox(100, 100_000);
    put(inbox, 1);
    clock.set(500);
    put(inbox, 1);
    assertEquals(1000, inbox.now());
    clock.set(1500);
    put(inbox, 1);
    inbox.drain(batch, 10, 0);
    assertEquals(List.of(1000L, 1000L, 1500L), times());
  }

  /** What waits was received before: the reader's time does not leap over it. */
  @Test
  void theTimeThatIsReachedIsThatOfTheLastArrivalWhileMoreWait() {
    Inbox inbox = inbox(100, 100_000);
    put(inbox, 1);
    clock.set(2000);
    put(inbox, 1);
    clock.set(3000);
    assertEquals(1000, inbox.drain(batch, 1, 0));
    assertEquals(3000, inbox.drain(batch, 1 + batch.size(), 0));
    assertEquals(List.of(1000L, 2000L), times());
  }

  @Test
  void itIsFullByBytesToo() throws InterruptedException {
    Inbox inbox = inbox(1000, 1000);
    put(inbox, 2000);
    CountDownLatch second = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          put(inbox, 1);
          second.countDown();
        });
    while (inbox.waits() == 0) {
      Thread.onSpinWait();
    }
    assertEquals(1, second.getCount());
    inbox.drain(batch, 10, 0);
    assertTrue(second.await(30, TimeUnit.SECONDS));
    inbox.drain(batch, 10, 1000);
    assertEquals(2, batch.size());
  }

  @Test
  void closingLetsGoThoseThatWait() throws InterruptedException {
    Inbox inbox = inbox(1, 1000);
    put(inbox, 1);
    Thread waiting = Thread.ofVirtual().start(() -> put(inbox, 1));
    while (inbox.waits() == 0) {
      Thread.onSpinWait();
    }
    inbox.close();
    assertTrue(waiting.join(Duration.ofSeconds(30)));
    inbox.drain(batch, 10, 0);
    assertEquals(List.of(), batch);
  }
}
