package dev.tapeline.hub.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Position;
import dev.tapeline.hub.message.Message;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LogRangeTest {

  private final RingBudget budget = new RingBudget(1 << 10, 1 << 20);
  private final List<Message> messages =
      LongStream.rangeClosed(11, 20).mapToObj(seq -> RingFrames.message(seq, 300)).toList();
  private final LogRange range = new LogRange("a", "e1", messages, budget, 0);

  /** The bound of one ring does not cut what was read of the log. */
  @Property
  void whatItContinuesItGivesWhole(@ForAll @LongRange(min = 0, max = 30) long held) {
    boolean continues = range.continues(new Position("e1", held));
    assertEquals(held >= 10 && held < 20, continues);
    if (continues) {
      FrameLog.Place place = range.placeAfter(held, RingFrames.LINES);
      assertEquals(held, place.seq());
      List<Message> following = messages.stream().filter(m -> m.seq() > held).toList();
      assertEquals(RingFrames.texts(following), RingFrames.from(place));
    }
  }

  @Test
  void itContinuesNoOtherEpoch() {
    assertFalse(range.continues(new Position("e2", 15)));
  }

  @Test
  void itCompletesUpToItsLastNumber() {
    assertTrue(range.completes(new Position("e1", 15), 20));
    assertFalse(range.completes(new Position("e1", 15), 21));
    assertFalse(range.completes(new Position("e1", 9), 15));
  }

  @Test
  void itIsIdleATimeAfterItsLastReaderHasLeft() {
    range.enter();
    range.enter();
    range.leave(100);
    assertFalse(range.isIdle(1_000, 50));
    range.leave(200);
    assertFalse(range.isIdle(249, 50));
    assertTrue(range.isIdle(250, 50));
  }

  @Test
  void clearingItFreesItsFrames() {
    FrameLog.Place _ = range.placeAfter(10, RingFrames.LINES);
    assertTrue(budget.used() > 0);
    range.clear();
    assertEquals(0, budget.used());
  }
}
