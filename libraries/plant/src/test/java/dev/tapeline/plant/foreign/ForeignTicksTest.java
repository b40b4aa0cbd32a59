package dev.tapeline.plant.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Publication;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignTicksTest {

  private static final int MOST = ForeignTicks.MAX_BYTES / ForeignTicks.MAX_LENGTH;

  private final ForeignTicks ticks = new ForeignTicks();
  private final List<Publication> taken = new ArrayList<>();
  private final List<String> drops = new ArrayList<>();

  private void add(int length) {
    ticks.add(Publication.of("market:tick:ACME", "x".repeat(length)));
  }

  private List<String> drops() {
    drops.clear();
    ticks.tellDrops(drops::add);
    return drops;
  }

  @Test
  void theyAreTakenInTheirOrder() throws InterruptedException {
    add(1);
    add(2);
    ticks.take(taken, 0);
    assertEquals(List.of(1, 2), taken.stream().map(each -> each.payload().length).toList());
    ticks.take(taken, 0);
    assertEquals(2, taken.size());
    assertEquals(List.of(), drops());
  }

  @Test
  void theirBytesAreLimitedAndFreedWhenTheyAreTaken() throws InterruptedException {
    for (int i = 0; i < MOST + 3; i++) {
      add(ForeignTicks.MAX_LENGTH);
    }
    assertEquals(List.of("too many at once: 3 ticks were dropped"), drops());
    assertEquals(List.of(), drops());
    ticks.take(taken, 0);
    for (int i = 0; i < taken.size() + 1; i++) {
      add(ForeignTicks.MAX_LENGTH);
    }
    assertEquals(List.of("too many at once: 1 ticks were dropped"), drops());
  }

  @Test
  void eachIsLimitedToo() {
    add(ForeignTicks.MAX_LENGTH);
    assertEquals(List.of(), drops());
    add(ForeignTicks.MAX_LENGTH + 1);
    assertEquals(List.of("1 ticks of more than 16384 bytes were dropped"), drops());
  }
}
