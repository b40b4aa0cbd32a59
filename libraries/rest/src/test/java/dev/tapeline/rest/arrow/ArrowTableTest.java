package dev.tapeline.rest.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Streams, taken apart with Arrow's own description of their messages. */
class ArrowTableTest {

  /** A message of a stream, and the bytes behind it. */
  private record Part(Message message, ByteBuffer body) {}

  private static List<Part> parts(byte[] stream) {
    ByteBuffer in = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
    List<Part> parts = new ArrayList<>();
    while (true) {
      assertEquals(-1, in.getInt(), "each message begins so");
      int length = in.getInt();
      if (length == 0) {
        assertEquals(0, in.remaining(), "nothing is behind the end");
        return parts;
      }
      Message message = Message.getRootAsMessage(cut(in, length));
      assertEquals(0, in.position() % 8, "bodies begin at multiples of 8");
      parts.add(new Part(message, cut(in, (int) message.bodyLength())));
    }
  }

  /** The next bytes. */
  private static ByteBuffer cut(ByteBuffer in, int length) {
    ByteBuffer part = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + length);
    return part;
  }

  private static Schema schema(Part part) {
    assertEquals(MessageHeader.Schema, part.message().headerType());
    return (Schema) part.message().header(new Schema());
  }

  private static RecordBatch batch(Part part) {
    assertEquals(MessageHeader.RecordBatch, part.message().headerType());
    return (RecordBatch) part.message().header(new RecordBatch());
  }

  private static ByteBuffer buffer(Part part, int number) {
    var at = batch(part).buffers(number);
    return part.body().slice((int) at.offset(), (int) at.length()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ArrowTable table(int rows) {
    List<Long> times = new ArrayList<>();
    List<@Nullable BigDecimal> prices = new ArrayList<>();
    List<@Nullable String> sides = new ArrayList<>();
    List<Boolean> flags = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      times.add(1_000L + i);
      prices.add(i % 3 == 1 ? null : BigDecimal.valueOf(100_05 + i, 2));
      sides.add(i % 2 == 0 ? "sell" : null);
      flags.add(i % 3 == 0);
    }
    return new ArrowTable(
        Map.of("symbol", "NIFTY"),
        List.of(
            new ArrowColumn.Instants("time", times),
            new ArrowColumn.Decimals("price", prices),
            new ArrowColumn.Words("side", sides),
            new ArrowColumn.Flags("closed", flags)));
  }

  @Test
  void theSchemaNamesTheColumns() {
    Schema schema = schema(parts(table(3).toStream()).getFirst());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < schema.fieldsLength(); i++) {
      names.add(schema.fields(i).name());
    }
    assertEquals(List.of("time", "price", "side", "closed"), names);
    assertEquals("symbol", schema.customMetadata(0).key());
    assertEquals("NIFTY", schema.customMetadata(0).value());
  }

  @Test
  void eachColumnHasItsBitsAndItsValues() {
    List<Part> parts = parts(table(11).toStream());
    assertEquals(2, parts.size());
    Part part = parts.getLast();
    assertEquals(11, batch(part).length());
    assertEquals(0, batch(part).nodes(0).nullCount());
    assertEquals(4, batch(part).nodes(1).nullCount());
    assertEquals(0, buffer(part, 0).remaining(), "no bits where all have a value");
    assertEquals(1_010, buffer(part, 1).getLong(80));
    assertEquals(0b0110_1101, buffer(part, 2).get(0));
    assertEquals(0b0000_0011, buffer(part, 2).get(1));
    assertEquals(100.08, buffer(part, 3).getDouble(24));
    assertEquals(8, buffer(part, 5).getInt(12), "the second text ends at 8, behind one without");
    assertEquals("sellsell", text(buffer(part, 6), 8));
    assertEquals(0b0100_1001, buffer(part, 8).get(0));
  }

  private static String text(ByteBuffer bytes, int length) {
    byte[] some = new byte[length];
    bytes.get(some);
    return new String(some, StandardCharsets.US_ASCII);
  }

  @Test
  void aTableWithoutRowsIsOne() {
    List<Part> parts = parts(table(0).toStream());
    assertEquals(0, batch(parts.getLast()).length());
  }

  private static List<String> metadata(String... prices) {
    List<BigDecimal> values = Arrays.stream(prices).map(BigDecimal::new).toList();
    ArrowTable table = new ArrowTable(Map.of(), List.of(new ArrowColumn.Decimals("price", values)));
    Field field = schema(parts(table.toStream()).getFirst()).fields(0);
    List<String> said = new ArrayList<>();
    for (int i = 0; i < field.customMetadataLength(); i++) {
      KeyValue pair = field.customMetadata(i);
      said.add(pair.key() + "=" + pair.value());
    }
    return said;
  }

  @Test
  void decimalsSayHowManyPlacesTheyHave() {
    assertEquals(List.of("scale=2"), metadata("100.10", "7", "24321.45"));
    assertEquals(List.of("scale=0"), metadata("1E+3"));
    assertEquals(List.of("scale=8"), metadata("0.00000001", "1234567.00000001"));
    assertEquals(List.of("scale=3", "exact=false"), metadata("12345678901234567.125"));
  }

  @Test
  void columnsOfDifferentLengthsAreNoTable() {
    List<ArrowColumn> columns =
        List.of(new ArrowColumn.Flags("a", List.of(true)), new ArrowColumn.Flags("b", List.of()));
    assertThrows(IllegalArgumentException.class, () -> new ArrowTable(Map.of(), columns));
    assertThrows(IllegalArgumentException.class, () -> new ArrowTable(Map.of(), List.of()));
  }
}
