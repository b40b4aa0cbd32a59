package dev.tapeline.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.ChannelLog.Extract;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every log of durable channels; {@link DurableBusContract} runs it for each
 * implementation. Channels begin without a log in each test.
 */
abstract class ChannelLogContract extends DurableRig {

  @Test
  void numbersEachChannelFromOneOverBatchesOfSeveral() {
    subscribe("d:*");
    List<Append.Result> first = append(of("d:a", "1"), of("d:b", "2"), of("d:a", "3"));
    List<Append.Result> second = append(of("d:b", "4"), of("d:c", "5"), of("d:a", "6"));
    assertEquals(List.of(1L, 1L, 2L), seqs(first));
    assertEquals(List.of(2L, 1L, 3L), seqs(second));
    assertEquals(epoch(first.get(0)), epoch(second.get(2)));
    recorder.awaitPublications(6);
    assertEquals(List.of("1#1", "3#2", "6#3"), delivered("d:a"));
    assertEquals(List.of("2#1", "4#2"), delivered("d:b"));
    assertEquals(List.of("5#1"), delivered("d:c"));
  }

  @Test
  void resultsTellThePositionsThatAreDeliveredAndKept() {
    subscribe("d:a");
    Position position = logged(append(of("d:a", "x")).getFirst());
    recorder.awaitPublications(1);
    assertEquals(position, recorder.publications().getFirst().position());
    Extract extract = read("d:a", 0, ALL);
    assertEquals(position, extract.top());
    assertEquals(position, extract.entries().getFirst().publication().position());
  }

  @Test
  void keepsBytesAndStampsAsTheyWere() {
    byte[] payload = {0, (byte) 0xff, '"', '\n', '\r', (byte) 0xc3};
    append(Append.of(Publication.of("d:a", payload, new Stamps(1_700_000_000_001L, 17))));
    ChannelLog.Entry entry = read("d:a", 0, ALL).entries().getFirst();
    assertEquals(List.of(0, -1, 34, 10, 13, -61), bytes(entry.publication().payload()));
    assertEquals(new Stamps(1_700_000_000_001L, 17), entry.publication().stamps());
    subscribe("d:a");
    append(Append.of(Publication.of("d:a", payload, new Stamps(3, 4))));
    recorder.awaitPublications(1);
    Publication live = recorder.publications().getFirst();
    assertEquals(List.of(0, -1, 34, 10, 13, -61), bytes(live.payload()));
    assertEquals(new Stamps(3, 4), live.stamps());
  }

  @Test
  void namesAndPayloadsOfAnySortAreKept() {
    String name = "d:नाम mit Leerzeichen {3} \"x\"";
    subscribe("d:*");
    append(of(name, ""), of(name, "x".repeat(100_000)));
    recorder.awaitPublications(2);
    assertEquals(List.of("", "x".repeat(100_000)), texts(read(name, 0, ALL)));
    assertEquals(name, recorder.publications().getFirst().channel());
  }

  @Test
  void readsWholePartAndNothing() {
    appendNumbers("d:a", 10);
    assertEquals(IntStream.rangeClosed(1, 10).mapToObj(String::valueOf).toList(), texts(all()));
    assertEquals(1, all().oldest());
    assertEquals(List.of("8", "9", "10"), texts(read("d:a", 7, ALL)));
    assertEquals(List.of("3", "4"), texts(read("d:a", 2, 2)));
    assertEquals(10, read("d:a", 2, 2).top().seq());
    assertEquals(List.of(), texts(read("d:a", 10, ALL)));
    assertEquals(List.of(), texts(read("d:a", 99, ALL)));
  }

  @Test
  void channelWithoutPublicationsStandsAtZero() {
    Extract empty = read("d:a", 0, ALL);
    assertEquals(0, empty.top().seq());
    assertEquals(1, empty.oldest());
    assertEquals(List.of(), empty.entries());
    Position first = logged(append(of("d:a", "1")).getFirst());
    assertEquals(new Position(empty.top().epoch(), 1), first);
    assertTrue(read("d:a", 0, ALL).isWholeAfter(empty.top()));
  }

  @Test
  void partIsWholeOnlyForOneWhoHoldsWhatIsGone() {
    appendNumbers("d:short", 12);
    Extract extract = read("d:short", 0, ALL);
    String epoch = extract.top().epoch();
    assertEquals(List.of("8", "9", "10", "11", "12"), texts(extract));
    assertEquals(8, extract.oldest());
    assertFalse(extract.isWholeAfter(new Position(epoch, 6)));
    assertTrue(extract.isWholeAfter(new Position(epoch, 7)));
    assertTrue(extract.isWholeAfter(new Position(epoch, 12)));
    assertFalse(extract.isWholeAfter(new Position(epoch, 13)));
    assertFalse(extract.isWholeAfter(new Position(epoch + "x", 12)));
  }

  @Test
  void readsSinceAnInstant() {
    appendNumbers("d:a", 3);
    List<ChannelLog.Entry> entries = all().entries();
    long first = entries.getFirst().millis();
    long last = entries.getLast().millis();
    assertTrue(first > 0 && first <= last, first + " " + last);
    assertEquals(List.of("1", "2", "3"), texts(readSince(first, ALL)));
    assertEquals(List.of("1", "2"), texts(readSince(first - 1_000, 2)));
    assertEquals(List.of(), texts(readSince(last + 1, ALL)));
    long millis = entries.get(1).millis();
    List<String> since =
        entries.stream()
            .filter(entry -> entry.millis() >= millis)
            .map(entry -> entry.publication().text())
            .toList();
    assertEquals(since, texts(readSince(millis, ALL)));
  }

  @Test
  void lengthIsBounded() {
    for (int batch = 0; batch < 4; batch++) {
      appendNumbers("d:short", 7);
      Extract extract = read("d:short", 0, ALL);
      assertEquals(List.of("3", "4", "5", "6", "7"), texts(extract));
      assertEquals((batch + 1) * 7L, extract.top().seq());
      assertEquals((batch + 1) * 7L - 4, extract.oldest());
    }
  }

  @Test
  void bytesAreBoundedButNeverTheNewest() {
    for (int i = 0; i < 30; i++) {
      append(of("d:small", "x".repeat(100)));
    }
    Extract extract = read("d:small", 0, ALL);
    int kept = extract.entries().size();
    assertTrue(kept >= 6 && kept <= 9, "100 bytes each and a line of about 20: " + kept);
    assertEquals(31 - kept, extract.oldest());
    append(of("d:small", "y".repeat(5_000)));
    assertEquals(List.of("y".repeat(5_000)), texts(read("d:small", 0, ALL)));
    append(of("d:small", "z"));
    assertEquals(List.of("z"), texts(read("d:small", 0, ALL)));
  }

  @Test
  void ageIsBoundedAndTheNumbersGoOn() {
    Position first = logged(append(of("d:brief", "1")).getFirst());
    recorder.await(() -> read("d:brief", 0, ALL).entries().isEmpty());
    Extract empty = read("d:brief", 0, ALL);
    assertEquals(first, empty.top());
    assertEquals(2, empty.oldest());
    assertTrue(empty.isWholeAfter(first));
    assertFalse(empty.isWholeAfter(new Position(first.epoch(), 0)));
    Position second = logged(append(of("d:brief", "2")).getFirst());
    assertEquals(new Position(first.epoch(), 2), second);
    assertEquals(List.of("2"), texts(read("d:brief", 0, ALL)));
  }

  @Test
  void repeatedIdAnswersTheFirstPositionAndIsNotDelivered() {
    subscribe("d:*");
    Position first = logged(append(of("d:a", "1").withId("k")).getFirst());
    List<Append.Result> results =
        append(
            of("d:a", "again").withId("k"),
            of("d:a", "2").withId("l"),
            of("d:a", "again").withId("l"),
            of("d:b", "3").withId("k"));
    Position second = new Position(first.epoch(), 2);
    assertEquals(new Append.Result.Repeated(first), results.get(0));
    assertEquals(new Append.Result.Logged(second), results.get(1));
    assertEquals(new Append.Result.Repeated(second), results.get(2));
    assertEquals(1, logged(results.get(3)).seq());
    recorder.awaitPublications(3);
    assertEquals(List.of("1#1", "2#2"), delivered("d:a"));
    assertEquals(List.of("1", "2"), texts(all()));
  }

  @Test
  void idOutlivesItsPublication() {
    Position first = logged(append(of("d:short", "1").withId("k")).getFirst());
    appendNumbers("d:short", 10);
    assertEquals(
        List.of(new Append.Result.Repeated(first)), append(of("d:short", "1").withId("k")));
  }

  @Test
  void idsAreForgottenAfterTenThousandOthers() {
    Position first = logged(append(of("d:a", "x").withId("0")).getFirst());
    appendIds(1, 9_999);
    assertEquals(List.of(new Append.Result.Repeated(first)), append(of("d:a", "x").withId("0")));
    appendIds(10_000, 10_000);
    Append.Result again = append(of("d:a", "x").withId("0")).getFirst();
    assertEquals(new Append.Result.Logged(new Position(first.epoch(), 10_002)), again);
  }

  private void appendIds(int from, int to) {
    for (int i = from; i <= to; i += 500) {
      append(
          IntStream.rangeClosed(i, Math.min(i + 499, to))
              .mapToObj(id -> of("d:a", "x").withId("" + id))
              .toArray(Append[]::new));
    }
  }

  @Test
  void notHigherVersionIsDropped() {
    subscribe("d:a");
    List<Append.Result> results =
        append(
            of("d:a", "v5").withVersion(5),
            of("d:a", "v5 again").withVersion(5),
            of("d:a", "v4").withVersion(4),
            of("d:a", "unversioned"),
            of("d:a", "v3").withVersion(3).withId("k"),
            of("d:a", "v9").withVersion(9).withId("k"));
    String epoch = epoch(results.getFirst());
    assertEquals(
        List.of(
            new Append.Result.Logged(new Position(epoch, 1)),
            new Append.Result.Outdated(new Position(epoch, 1)),
            new Append.Result.Outdated(new Position(epoch, 1)),
            new Append.Result.Logged(new Position(epoch, 2)),
            new Append.Result.Outdated(new Position(epoch, 2)),
            new Append.Result.Logged(new Position(epoch, 3))),
        results);
    recorder.awaitPublications(3);
    assertEquals(List.of("v5#1", "unversioned#2", "v9#3"), delivered("d:a"));
  }

  @Test
  void largeVersionsAreComparedExactly() {
    append(of("d:a", "new").withVersion(Long.MAX_VALUE - 1));
    Append.Result lower = append(of("d:a", "old").withVersion(Long.MAX_VALUE - 2)).getFirst();
    Append.Result higher = append(of("d:a", "newest").withVersion(Long.MAX_VALUE)).getFirst();
    assertEquals(1, ((Append.Result.Outdated) lower).top().seq());
    assertEquals(2, logged(higher).seq());
  }

  @Test
  void laterTokenFencesTheEarlierOne() {
    Fence early = new Fence("feed", 7);
    Fence late = new Fence("feed", 8);
    Fence other = new Fence("other", 1);
    subscribe("d:a");
    append(of("d:a", "1").withFence(early));
    append(of("d:a", "2").withFence(late));
    List<Append.Result> results =
        append(of("d:a", "3").withFence(late), of("d:a", "4").withFence(other), of("d:a", "5"));
    assertEquals(List.of(3L, 4L, 5L), seqs(results));
    assertEquals(List.of(new Append.Result.Fenced(8)), append(of("d:a", "stale").withFence(early)));
    append(of("d:a", "6"));
    recorder.awaitPublications(6);
    assertEquals(List.of("1#1", "2#2", "3#3", "4#4", "5#5", "6#6"), delivered("d:a"));
  }

  @Test
  void fenceGoesBeforeIdAndVersion() {
    append(of("d:a", "1").withId("k").withVersion(2).withFence(new Fence("feed", 2)));
    Append stale = of("d:a", "1").withFence(new Fence("feed", 1));
    assertEquals(List.of(new Append.Result.Fenced(2)), append(stale.withId("k")));
    assertEquals(List.of(new Append.Result.Fenced(2)), append(stale.withVersion(1)));
    Append.Result repeated = append(of("d:a", "1").withId("k").withVersion(1)).getFirst();
    assertEquals(1, ((Append.Result.Repeated) repeated).first().seq());
  }

  @Test
  void onlyDurableChannelsAreKept() {
    assertTrue(bus.log().keeps("d:a"));
    assertFalse(bus.log().keeps("a"));
    assertFailsNaming("p:plain", bus.log().append(List.of(of("p:plain", "1"))));
    assertFailsNaming("p:plain", bus.log().read("p:plain", 0, 1));
    assertFailsNaming("p:plain", bus.log().readSince("p:plain", 0, 1));
    assertFailsNaming("p:plain", bus.log().append(List.of(of("d:a", "1"), of("p:plain", "1"))));
    assertEquals(0, all().top().seq());
  }

  private static void assertFailsNaming(String channel, CompletionStage<?> stage) {
    Throwable cause = assertThrows(CompletionException.class, () -> await(stage)).getCause();
    assertTrue(
        cause instanceof BusException && String.valueOf(cause.getMessage()).contains(channel),
        String.valueOf(cause));
  }

  @Test
  void concurrentPublishersShareNoNumber() throws Exception {
    Set<Position> positions = new HashSet<>();
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(_ ->
                Thread.ofVirtual()
                    .start(() -> {
                      for (int i = 0; i < 50; i++) {
                        List<Append.Result> results = append(of("d:a", "x"), of("d:a", "y"));
                        synchronized (positions) {
                          results.forEach(result -> positions.add(logged(result)));
                        }
                      }
                    }))
            .toList();
    for (Thread thread : threads) {
      assertTrue(thread.join(Duration.ofSeconds(30)));
    }
    assertEquals(400, positions.size());
    assertEquals(400, all().top().seq());
  }
}
