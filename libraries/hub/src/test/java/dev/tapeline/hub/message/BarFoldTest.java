package dev.tapeline.hub.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Stamps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarFoldTest {

  private final BarFold fold = new BarFold();
  private long seq;

  @Test
  void keepsFirstOpenExtremesAndNewestCloseAndVolume() {
    add("{\"t\":1,\"o\":10.50,\"h\":11,\"l\":10,\"c\":10,\"v\":5}");
    add("{\"t\":1,\"o\":10,\"h\":12.10,\"l\":10,\"c\":12,\"v\":7}");
    add("{\"t\":1,\"o\":12,\"h\":12,\"l\":9.5,\"c\":9.90,\"v\":9}");
    assertEquals(
        List.of("3 {\"t\":1,\"o\":10.50,\"h\":12.10,\"l\":9.5,\"c\":9.90,\"v\":9}"), since(0));
  }

  @Test
  void barThatSaysAllItselfKeepsItsBytes() {
    add("{\"t\":1,\"o\":10,\"h\":11,\"l\":10,\"c\":10}");
    add("{ \"t\":1, \"o\":10, \"h\":12, \"l\":9, \"c\":11 }");
    assertEquals(List.of("2 { \"t\":1, \"o\":10, \"h\":12, \"l\":9, \"c\":11 }"), since(0));
  }

  @Test
  void aCorrectionReplacesWhatWasSaidBefore() {
    add("{\"t\":1,\"o\":10,\"h\":13,\"l\":10,\"c\":12,\"v\":7,\"n\":2,\"closed\":false}");
    add("{\"t\":1,\"o\":11,\"h\":12,\"l\":11,\"c\":12,\"v\":6,\"n\":1,\"closed\":true,\"rev\":1}");
    assertEquals(
        List.of(
            "2 {\"t\":1,\"o\":11,\"h\":12,\"l\":11,\"c\":12,\"v\":6,\"n\":1,\"closed\":true,\"rev\":1}"),
        since(0));
  }

  @Test
  void countAndStateOfAMergedBarAreTheNewest() {
    add("{\"t\":1,\"o\":10,\"h\":13,\"l\":10,\"c\":12,\"v\":7,\"n\":2,\"closed\":false}");
    add("{\"t\":1,\"o\":11,\"h\":12,\"l\":9,\"c\":12,\"v\":9,\"n\":3,\"closed\":true}");
    assertEquals(
        List.of("2 {\"t\":1,\"o\":10,\"h\":13,\"l\":9,\"c\":12,\"v\":9,\"n\":3,\"closed\":true}"),
        since(0));
  }

  @Test
  void barsOfTwoTimesAreNotMergedWithEachOther() {
    add("{\"t\":1,\"o\":\"1.0\",\"h\":\"9.0\",\"l\":\"1.0\",\"c\":\"2.0\"}");
    add("{\"t\":2,\"o\":\"2.0\",\"h\":\"2.0\",\"l\":\"2.0\",\"c\":\"2.0\"}");
    add("{\"t\":2,\"o\":\"2.0\",\"h\":\"10.0\",\"l\":\"2.0\",\"c\":\"3.0\"}");
    assertEquals(
        List.of(
            "1 {\"t\":1,\"o\":\"1.0\",\"h\":\"9.0\",\"l\":\"1.0\",\"c\":\"2.0\"}",
            "3 {\"t\":2,\"o\":\"2.0\",\"h\":\"10.0\",\"l\":\"2.0\",\"c\":\"3.0\"}"),
        since(0));
    assertEquals(1, since(1).size());
    assertEquals(List.of(), since(3));
  }

  @Test
  void whatIsNoBarStandsForItself() {
    add("[1]");
    add("{\"t\":1,\"o\":1,\"h\":\"x\",\"l\":1}");
    add("{\"t\":1,\"o\":1,\"h\":1e99999999999,\"l\":1}");
    assertEquals(
        List.of(
            "1 [1]",
            "2 {\"t\":1,\"o\":1,\"h\":\"x\",\"l\":1}",
            "3 {\"t\":1,\"o\":1,\"h\":1e99999999999,\"l\":1}"),
        since(0));
  }

  @Test
  void keepsTheNewestBarsOnly() {
    for (int t = 0; t < 100; t++) {
      add("{\"t\":" + t + ",\"o\":1,\"h\":1,\"l\":1}");
    }
    assertEquals(BarFold.KEPT, since(0).size());
    assertEquals("100 {\"t\":99,\"o\":1,\"h\":1,\"l\":1}", since(0).getLast());
  }

  private void add(String payload) {
    Payload read = Payload.of(payload.getBytes(StandardCharsets.UTF_8));
    fold.add(new Message(++seq, read, Stamps.NONE, 0, 0));
  }

  private List<String> since(long number) {
    return fold.since(number).stream()
        .map(m -> m.seq() + " " + new String(m.payload().json(), StandardCharsets.UTF_8))
        .toList();
  }
}
