package dev.tapeline.rest.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of a column in a batch: a bit for each row that has a value, which is empty where all
 * have one, and then the values.
 *
 * @param nulls the number of rows without a value
 */
@SuppressWarnings("ArrayRecordComponent") // written once, and not compared
record ArrowBuffers(int nulls, List<byte[]> parts) {

  private static final int ALIGNMENT = 8;

  static ArrowBuffers of(ArrowColumn column) {
    List<? extends @Nullable Object> values = column.values();
    BitSet present = new BitSet(values.size());
    for (int i = 0; i < values.size(); i++) {
      present.set(i, values.get(i) != null);
    }
    int nulls = values.size() - present.cardinality();
    byte[] validity = nulls == 0 ? new byte[0] : bits(present, values.size());
    return switch (column) {
      case ArrowColumn.Words(_, var words) -> words(nulls, validity, words);
      case ArrowColumn.Flags(_, var flags) ->
          new ArrowBuffers(nulls, List.of(validity, set(flags)));
      case ArrowColumn.Instants _,
          ArrowColumn.Decimals _,
          ArrowColumn.Doubles _,
          ArrowColumn.Wholes _ ->
          new ArrowBuffers(nulls, List.of(validity, numbers(values)));
    };
  }

  private static byte[] set(List<Boolean> flags) {
    BitSet set = new BitSet(flags.size());
    for (int i = 0; i < flags.size(); i++) {
      set.set(i, flags.get(i));
    }
    return bits(set, flags.size());
  }

  private static byte[] bits(BitSet bits, int count) {
    byte[] all = new byte[(count + Byte.SIZE - 1) / Byte.SIZE];
    byte[] used = bits.toByteArray(); // the lowest bit first, as Arrow has them
    System.arraycopy(used, 0, all, 0, used.length);
    return all;
  }

  /** Numbers of 64 bits; that of a row without a value is 0, and not looked at. */
  private static byte[] numbers(List<? extends @Nullable Object> values) {
    byte[] bytes = new byte[values.size() * Long.BYTES];
    ByteBuffer out = littleEndian(bytes);
    for (Object value : values) {
      switch (value) {
        case null -> out.putLong(0);
        case Long whole -> out.putLong(whole);
        case Number number -> out.putDouble(number.doubleValue());
        default -> throw new IllegalArgumentException("no number: " + value);
      }
    }
    return bytes;
  }

  /** The places at which the texts begin and the last one ends, and then their bytes. */
  private static ArrowBuffers words(
      int nulls, byte[] validity, List<? extends @Nullable String> words) {
    List<byte[]> texts =
        words.stream()
            .map(word -> Objects.requireNonNullElse(word, "").getBytes(StandardCharsets.UTF_8))
            .toList();
    byte[] places = new byte[(words.size() + 1) * Integer.BYTES];
    byte[] bytes = new byte[texts.stream().mapToInt(text -> text.length).sum()];
    ByteBuffer ends = littleEndian(places).putInt(0);
    ByteBuffer out = littleEndian(bytes);
    for (byte[] text : texts) {
      out.put(text);
      ends.putInt(out.position());
    }
    return new ArrowBuffers(nulls, List.of(validity, places, bytes));
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int padded(int bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** The bytes of all parts, each padded. */
  int size() {
    return parts.stream().mapToInt(part -> padded(part.length)).sum();
  }

  void writeTo(ByteBuffer out) {
    for (byte[] part : parts) {
      out.put(part);
      out.position(out.position() + padded(part.length) - part.length);
    }
  }
}
