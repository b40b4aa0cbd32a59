package dev.tapeline.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.bench.host.MemoryUse;
import dev.tapeline.bench.subscriber.DeliverySums;
import dev.tapeline.bench.subscriber.LatencySummary;
import dev.tapeline.bench.subscriber.Tally;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The verdicts of reports. */
class LoadReportTest {

  @Test
  void whatWasToldIsGood() {
    LoadReport told =
        report(tally -> {
          tally.deliveries = 90;
          tally.merged = 5;
          tally.gaps = 1;
          tally.gapMessages = 5;
          tally.epochs = 2;
          tally.closed = 1;
        });
    assertTrue(told.hasNoLoss());
    assertTrue(LoadReportText.of(told).endsWith("verdict        nothing lost, all in order\n"));
  }

  @Test
  void eachLossAndDisorderIsBad() {
    List<Consumer<Tally>> plants =
        List.of(
            tally -> tally.missing = 1,
            tally -> tally.lostBefore = 1,
            tally -> tally.disorder = 1,
            tally -> tally.unreadable = 1);
    for (Consumer<Tally> plant : plants) {
      LoadReport bad = report(plant);
      assertEquals(false, bad.hasNoLoss());
      assertTrue(LoadReportText.of(bad).endsWith("verdict        LOST OR OUT OF ORDER\n"));
    }
  }

  @Test
  void whatNeverArrivedIsLost() {
    assertEquals(3, DeliverySums.of(new Tally(), 3).lost());
    assertEquals(false, DeliverySums.of(new Tally(), 3).hasNoLoss());
  }

  private static LoadReport report(Consumer<Tally> plant) {
    Tally slow = new Tally();
    plant.accept(slow);
    MemoryUse memory = new MemoryUse(1, 2, 3, null, null, null);
    return new LoadReport(
        new LoadReport.Setup("t", 1, 1, 1, 1, "all", 0, "constant", 1, 64, 0, 1),
        new LoadReport.Rates(1, 1, 1, 1, 1),
        new LatencySummary(1, 1, 1, 1, 1),
        DeliverySums.of(new Tally(), 0),
        DeliverySums.of(slow, 0),
        0,
        new LoadReport.Cpu(0, 0, 0, 0, 0, null),
        memory,
        memory,
        null);
  }
}
