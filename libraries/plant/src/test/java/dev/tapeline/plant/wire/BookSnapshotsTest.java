package dev.tapeline.plant.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BookSnapshotsTest {

  private final BookSnapshots book = new BookSnapshots("depth@TATA_INR");

  @Test
  void theSimpleFormNeedsNoWholeBook() {
    simple("\"a\":[[\"1001.00\",\"50\"],[\"1002.00\",\"5\"]],\"b\":[[\"1000.00\",\"30\"]]");
    simple("\"a\":[[\"1001.00\",\"0\"]],\"b\":[[\"1000.50\",\"10\"]]");
    assertEquals(
        "{\"stream\":\"depth@TATA_INR\",\"data\":{\"e\":\"depth\",\"a\":[[\"1002.00\",\"5\"]],"
            + "\"b\":[[\"1000.50\",\"10\"],[\"1000.00\",\"30\"]],\"snapshot\":true}}",
        snapshot());
  }

  @Test
  void idsAreThoseOfTheLastChange() {
    simple("\"a\":[[\"2\",\"1\"]],\"b\":[[\"1\",\"1\"]],\"U\":7,\"u\":8");
    simple("\"a\":[],\"b\":[[\"1\",\"2\"]],\"U\":9,\"u\":11");
    assertEquals(
        "{\"stream\":\"depth@TATA_INR\",\"data\":{\"e\":\"depth\",\"a\":[[\"2\",\"1\"]],"
            + "\"b\":[[\"1\",\"2\"]],\"U\":11,\"u\":11,\"snapshot\":true}}",
        snapshot());
  }

  @Test
  void afterAGapThereIsNoBookUntilAWholeOne() {
    simple("\"a\":[[\"2\",\"1\"]],\"b\":[],\"U\":7,\"u\":8");
    simple("\"a\":[[\"3\",\"1\"]],\"b\":[],\"U\":10,\"u\":11");
    assertEquals("none", snapshot());
    simple("\"a\":[[\"4\",\"1\"]],\"b\":[],\"U\":12,\"u\":12,\"snapshot\":true");
    simple("\"a\":[[\"5\",\"1\"]],\"b\":[],\"U\":13,\"u\":13");
    assertEquals(
        "{\"stream\":\"depth@TATA_INR\",\"data\":{\"e\":\"depth\",\"a\":[[\"4\",\"1\"],"
            + "[\"5\",\"1\"]],\"b\":[],\"U\":13,\"u\":13,\"snapshot\":true}}",
        snapshot());
  }

  @Test
  void binancesFormBeginsWithAWholeBook() {
    binance("\"U\":1,\"u\":5,\"b\":[[\"1.0\",\"1.0\"]],\"a\":[]");
    assertEquals("none", snapshot());
    binance("\"U\":5,\"u\":5,\"b\":[[\"9.0\",\"1.0\"]],\"a\":[],\"snapshot\":true");
    binance("\"U\":6,\"u\":7,\"b\":[[\"8.0\",\"1.50\"]],\"a\":[]");
    assertEquals(
        "{\"stream\":\"depth@TATA_INR\",\"data\":{\"e\":\"depthUpdate\",\"E\":42,"
            + "\"s\":\"TATA_INR\",\"U\":7,\"u\":7,\"b\":[[\"9.0\",\"1.0\"],[\"8.0\",\"1.50\"]],"
            + "\"a\":[],\"snapshot\":true}}",
        snapshot());
  }

  @Test
  void aWholeBookOfAnEarlierLifeReplacesALaterOne() {
    binance("\"U\":900,\"u\":900,\"b\":[[\"9.0\",\"1.0\"]],\"a\":[],\"snapshot\":true");
    binance("\"U\":901,\"u\":905,\"b\":[[\"8.0\",\"1.0\"]],\"a\":[]");
    binance("\"U\":3,\"u\":4,\"b\":[[\"7.0\",\"1.0\"]],\"a\":[]");
    binance("\"U\":4,\"u\":4,\"b\":[[\"6.0\",\"1.0\"]],\"a\":[],\"snapshot\":true");
    binance("\"U\":5,\"u\":5,\"b\":[[\"5.0\",\"1.0\"]],\"a\":[]");
    assertEquals(
        "{\"stream\":\"depth@TATA_INR\",\"data\":{\"e\":\"depthUpdate\",\"E\":42,"
            + "\"s\":\"TATA_INR\",\"U\":5,\"u\":5,\"b\":[[\"6.0\",\"1.0\"],[\"5.0\",\"1.0\"]],"
            + "\"a\":[],\"snapshot\":true}}",
        snapshot());
  }

  @Test
  void aSnapshotAppliedElsewhereGivesTheSameBook() {
    simple("\"a\":[[\"2.50\",\"1\"]],\"b\":[[\"1\",\"1\"]],\"U\":7,\"u\":8,\"simulated\":true");
    BookSnapshots other = new BookSnapshots("depth@TATA_INR");
    other.apply(snapshot().getBytes(StandardCharsets.UTF_8));
    assertEquals(snapshot(), new String(other.snapshot().orElseThrow(), StandardCharsets.UTF_8));
    assertEquals(true, snapshot().endsWith(",\"simulated\":true}}"));
  }

  @Test
  void whatIsNoChangeOfABookIsCounted() {
    for (String payload : new String[] {"", "x", "{}", "[]", "{\"e\":\"trade\"}", "\u0000"}) {
      book.apply(payload.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(6, book.ignored());
    assertEquals("none", snapshot());
  }

  @Test
  void resetForgets() {
    simple("\"a\":[[\"2\",\"1\"]],\"b\":[]");
    book.reset();
    assertFalse(book.snapshot().isPresent());
  }

  @Test
  void anyChannelNameIsWrittenAsJson() {
    BookSnapshots odd = new BookSnapshots("depth@a\"b c");
    odd.apply("{\"e\":\"depth\",\"s\":\"X\",\"a\":[],\"b\":[]}".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "{\"stream\":\"depth@a\\\"b c\",\"data\":{\"e\":\"depth\",\"a\":[],\"b\":[],"
            + "\"snapshot\":true}}",
        new String(odd.snapshot().orElseThrow(), StandardCharsets.UTF_8));
  }

  private void simple(String fields) {
    apply("{\"e\":\"depth\"," + fields + "}");
  }

  private void binance(String fields) {
    apply("{\"e\":\"depthUpdate\",\"E\":42,\"s\":\"TATA_INR\"," + fields + "}");
  }

  private void apply(String data) {
    String payload = "{\"stream\":\"depth@TATA_INR\",\"data\":" + data + "}";
    book.apply(payload.getBytes(StandardCharsets.UTF_8));
  }

  private String snapshot() {
    return book.snapshot().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("none");
  }
}
