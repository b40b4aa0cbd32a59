package dev.tapeline.hub.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.Position;
import dev.tapeline.hub.message.Message;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RingTest {

  private final RingBudget budget = new RingBudget(1 << 16, 1 << 20);

  private Ring ring(ChannelKind kind) {
    return new Ring("e1", 0, kind, budget);
  }

  /** However the reader's looks fall among the publications, it ends at the newest, in order. */
  @Property(tries = 200)
  void latestEndsAtTheNewest(@ForAll @Size(max = 50) List<Boolean> looks) {
    Ring ring = ring(ChannelKind.STATE);
    List<Long> seen = new ArrayList<>(List.of(0L));
    for (boolean look : looks) {
      ring.append(RingFrames.message(ring.head() + 1, 1));
      if (look) {
        look(ring, seen);
      }
    }
    look(ring, seen);
    assertEquals(ring.head(), seen.getLast());
    assertEquals(seen.stream().sorted().distinct().toList(), seen);
  }

  private static void look(Ring ring, List<Long> seen) {
    ring.newestSince(seen.getLast()).forEach(message -> seen.add(message.seq()));
  }

  /** A look at bars may give several, each of another time, the newest publication's last. */
  @Property(tries = 100)
  void latestOfBarsEndsAtTheNewest(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 4) Integer> times) {
    Ring ring = ring(ChannelKind.BAR);
    for (int time : times) {
      String bar = "{\"t\":%d,\"o\":1,\"h\":2,\"l\":1,\"c\":2}".formatted(time);
      ring.append(RingFrames.message(ring.head() + 1, bar));
    }
    assertEquals(ring.head(), ring.newestSince(0).getLast().seq());
    assertEquals(List.of(), ring.newestSince(ring.head()));
  }

  /** Nothing is missing between this number and the head, and the one before it is missing. */
  @Property(tries = 200)
  void wholeAfterIsBehindTheLastHole(
      @ForAll @Size(max = 30) List<@IntRange(max = 3) Integer> lost) {
    Ring ring = ring(ChannelKind.EVENT);
    long whole = 0;
    for (int count : lost) {
      long seq = ring.head() + 1 + count;
      whole = count > 0 ? seq - 1 : whole;
      ring.append(RingFrames.message(seq, 1));
    }
    assertEquals(whole, ring.wholeAfter());
  }

  @Test
  void eachEncodingHasALogThatBeginsWhereItsFirstReaderCame() {
    Ring ring = ring(ChannelKind.EVENT);
    ring.append(RingFrames.message(1, 1));
    FrameLog log = ring.log(RingFrames.LINES, "a");
    ring.append(RingFrames.message(2, 1));
    assertEquals(List.of("2 1"), RingFrames.from(log.before(0)));
    ring.remove(RingFrames.LINES);
    assertEquals(0, ring.bytes());
    assertEquals(0, budget.used());
  }

  @Test
  void aPositionIsReachedInItsOwnEpochOnly() {
    Ring ring = ring(ChannelKind.EVENT);
    ring.append(RingFrames.message(1, 1));
    assertTrue(ring.hasReached(new Position("e1", 1)));
    assertFalse(ring.hasReached(new Position("e1", 2)));
    assertFalse(ring.hasReached(new Position("e2", 1)));
  }

  @Test
  void aValueFromBeforeGivesWayToANewerOne() {
    Ring ring = ring(ChannelKind.STATE);
    assertNull(ring.newest());
    Message before = RingFrames.message(0, "\"before\"");
    ring.begin(before);
    assertEquals(before, ring.newest());
    assertEquals(List.of(), ring.newestSince(0));
    Message first = RingFrames.message(1, 1);
    ring.append(first);
    ring.begin(before);
    assertEquals(first, ring.newest());
  }
}
