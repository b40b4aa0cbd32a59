package dev.tapeline.hub.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.hub.message.Message;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class FrameLogTest {

  private static final int RING_BYTES = 4 << 10;
  private static final long START = 5;

  private final RingBudget budget = new RingBudget(RING_BYTES, 1 << 30);
  private final FrameLog log = new FrameLog(RingFrames.LINES, "a", START, budget);

  /** A message's length, and how many numbers are lost in front of it. */
  record Step(int digits, int lost) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> lost =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.just(0)), Tuple.of(1, Arbitraries.integers().between(1, 5)));
    return Combinators.combine(Arbitraries.integers().between(1, 9_000), lost)
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  private static List<Message> messages(List<Step> steps) {
    List<Message> messages = new ArrayList<>();
    long seq = START;
    for (Step step : steps) {
      seq += 1 + step.lost();
      messages.add(RingFrames.message(seq, step.digits()));
    }
    return messages;
  }

  /** What a reader gets is a whole end of what was appended, and it can tell what it misses. */
  @Property(tries = 300)
  void aReaderGetsAllThatFollowsOrIsToldWhatIsGone(@ForAll("steps") List<Step> steps) {
    List<Message> messages = messages(steps);
    messages.forEach(log::append);
    long head = messages.isEmpty() ? START : messages.getLast().seq();
    for (long held = START; held <= head; held++) {
      FrameLog.Place place = log.before(held + 1);
      assertTrue(place.seq() >= held, "went back");
      assertEquals(RingFrames.texts(after(messages, place.seq())), RingFrames.from(place));
      if (place.seq() > held) {
        assertGone(messages, held + 1, place.seq());
      }
    }
    log.clear();
    assertEquals(0, budget.used());
  }

  private static List<Message> after(List<Message> messages, long seq) {
    return messages.stream().filter(message -> message.seq() > seq).toList();
  }

  /** What a reader passes over was lost before the log, or is older than all that is left. */
  private void assertGone(List<Message> messages, long from, long to) {
    long oldest = log.before(0).seq() + 1;
    boolean appended =
        messages.stream().anyMatch(m -> m.seq() >= Math.max(from, oldest) && m.seq() <= to);
    assertTrue(!appended, "passed over what is there");
  }

  /** The newest two segments are kept, however small the bound is. */
  @Property(tries = 100)
  void itsMemoryHasABoundAndIsCounted(@ForAll("steps") List<Step> steps) {
    for (Message message : messages(steps)) {
      log.append(message);
      assertEquals(log.bytes(), budget.used());
      assertTrue(log.bytes() <= Math.max(RING_BYTES, 2 * FrameLog.LARGEST_SEGMENT));
    }
  }

  @Test
  void theEndOfAnEmptyLogIsItsStart() {
    assertEquals(new FrameLog.Place(null, 0, START), log.end());
    assertEquals(List.of(), RingFrames.from(log.before(START + 1)));
  }

  @Test
  void theEndIsBehindTheNewest() {
    log.append(RingFrames.message(6, 1));
    FrameLog.Place end = log.end();
    assertEquals(6, end.seq());
    assertEquals(List.of(), RingFrames.from(end));
    log.append(RingFrames.message(7, 1));
    assertEquals(List.of("7 1"), RingFrames.from(end));
  }

  @Test
  void theMiddleLeavesRoomForAReaderThatWasLapped() {
    for (long seq = 6; seq <= 100; seq++) {
      log.append(RingFrames.message(seq, 100));
    }
    long oldest = log.before(0).seq();
    long middle = log.middle().seq();
    assertTrue(oldest < middle && middle < 100, "%d, %d".formatted(oldest, middle));
  }
}
