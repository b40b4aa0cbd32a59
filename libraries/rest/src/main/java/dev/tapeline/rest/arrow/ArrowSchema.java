package dev.tapeline.rest.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** Writes the message that says which columns a table has. */
final class ArrowSchema {

  private static final String ZONE = "UTC";

  private final FlatBufferBuilder builder = new FlatBufferBuilder();

  private ArrowSchema() {}

  static byte[] message(ArrowTable table) {
    return new ArrowSchema().write(table);
  }

  private byte[] write(ArrowTable table) {
    int[] fields = table.columns().stream().mapToInt(this::field).toArray();
    int vector = Schema.createFieldsVector(builder, fields);
    int metadata = Schema.createCustomMetadataVector(builder, pairs(table.metadata()));
    int schema = Schema.createSchema(builder, Endianness.Little, vector, metadata, 0);
    return ArrowStream.finish(builder, MessageHeader.Schema, schema, 0);
  }

  private int[] pairs(Map<String, String> metadata) {
    return metadata.entrySet().stream()
        .mapToInt(entry ->
            KeyValue.createKeyValue(
                builder,
                builder.createString(entry.getKey()),
                builder.createString(entry.getValue())))
        .toArray();
  }

  private int field(ArrowColumn column) {
    int name = builder.createString(column.name());
    int metadata = Field.createCustomMetadataVector(builder, pairs(metadata(column)));
    int children = Field.createChildrenVector(builder, new int[0]);
    boolean isNullable =
        !(column instanceof ArrowColumn.Instants || column instanceof ArrowColumn.Flags);
    byte kind = kind(column);
    return Field.createField(builder, name, isNullable, kind, type(column), 0, children, metadata);
  }

  private static Map<String, String> metadata(ArrowColumn column) {
    Map<String, String> said = new LinkedHashMap<>();
    if (column instanceof ArrowColumn.Decimals decimals) {
      said.put("scale", "" + decimals.scale());
      if (!decimals.isExact()) {
        said.put("exact", "false");
      }
    }
    return said;
  }

  private static byte kind(ArrowColumn column) {
    return switch (column) {
      case ArrowColumn.Instants _ -> Type.Timestamp;
      case ArrowColumn.Decimals _, ArrowColumn.Doubles _ -> Type.FloatingPoint;
      case ArrowColumn.Wholes _ -> Type.Int;
      case ArrowColumn.Flags _ -> Type.Bool;
      case ArrowColumn.Words _ -> Type.Utf8;
    };
  }

  private int type(ArrowColumn column) {
    return switch (column) {
      case ArrowColumn.Instants _ ->
          Timestamp.createTimestamp(builder, TimeUnit.MILLISECOND, builder.createString(ZONE));
      case ArrowColumn.Decimals _, ArrowColumn.Doubles _ ->
          FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE);
      case ArrowColumn.Wholes _ -> Int.createInt(builder, Long.SIZE, true);
      case ArrowColumn.Flags _ -> {
        Bool.startBool(builder);
        yield Bool.endBool(builder);
      }
      case ArrowColumn.Words _ -> {
        Utf8.startUtf8(builder);
        yield Utf8.endUtf8(builder);
      }
    };
  }
}
