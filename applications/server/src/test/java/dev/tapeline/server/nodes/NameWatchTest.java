package dev.tapeline.server.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.plant.demand.DemandReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class NameWatchTest {

  private static final String RIVAL = "host b, process 9, started at 2000";

  private final NodeReport own = report("a", 7, 1_000);
  private final NameWatch watch = new NameWatch("n1");

  private static NodeReport report(String host, long pid, long startedAt) {
    return new NodeReport(
        host,
        pid,
        "all",
        "0.1.0",
        startedAt,
        List.of(),
        false,
        BusReport.embedded(true),
        null,
        null,
        List.of(),
        new DemandReport(0, 0, null),
        List.of(),
        null);
  }

  private void saw(NodeReport before, int times) {
    String text = new JsonMapper().writeValueAsString(before);
    for (int i = 0; i < times; i++) {
      watch.saw(own, text);
    }
  }

  @Test
  void anotherThatTellsTimeAndAgainIsARival() {
    saw(report("b", 9, 2_000), 2);
    assertEquals(Optional.empty(), watch.rival());
    saw(own, 1);
    saw(report("b", 9, 2_000), 2);
    assertEquals(Optional.of(RIVAL), watch.rival());
    saw(own, 2);
    assertEquals(Optional.of(RIVAL), watch.rival());
    saw(own, 1);
    assertEquals(Optional.empty(), watch.rival());
  }

  @Test
  void aProcessThatRanBeforeIsNone() {
    watch.saw(own, "");
    saw(report("a", 7, 900), 1);
    saw(own, 20);
    assertEquals(Optional.empty(), watch.rival());
  }

  @Test
  void whatCanNotBeReadIsNone() {
    for (int i = 0; i < 10; i++) {
      watch.saw(own, "{");
    }
    assertEquals(Optional.empty(), watch.rival());
  }
}
