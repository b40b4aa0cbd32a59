package dev.tapeline.rest.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Writes a table in Arrow's IPC stream format: messages with a head of flatbuffers each, and behind
 * it the buffers of the columns, little-endian and padded to 8 bytes. Arrow's own writer is not
 * used: it opens internals of the JDK, which needs flags on the command line.
 */
final class ArrowStream {

  private static final int CONTINUES = -1;
  private static final int PREFIX_BYTES = 8;

  private ArrowStream() {}

  static byte[] of(ArrowTable table) {
    byte[] schema = ArrowSchema.message(table);
    List<ArrowBuffers> columns = table.columns().stream().map(ArrowBuffers::of).toList();
    int body = columns.stream().mapToInt(ArrowBuffers::size).sum();
    byte[] batch = batch(table.rows(), columns, body);
    ByteBuffer out =
        ByteBuffer.allocate(head(schema) + head(batch) + body + PREFIX_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    put(out, schema);
    put(out, batch);
    columns.forEach(column -> column.writeTo(out));
    out.putInt(CONTINUES).putInt(0); // the end of the stream
    return out.array();
  }

  private static int head(byte[] message) {
    return PREFIX_BYTES + ArrowBuffers.padded(message.length);
  }

  private static void put(ByteBuffer out, byte[] message) {
    int padded = ArrowBuffers.padded(message.length);
    out.putInt(CONTINUES).putInt(padded).put(message);
    out.position(out.position() + padded - message.length);
  }

  private static byte[] batch(int rows, List<ArrowBuffers> columns, int body) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    RecordBatch.startNodesVector(builder, columns.size());
    for (ArrowBuffers column : columns.reversed()) { // flatbuffers are written from the end
      FieldNode.createFieldNode(builder, rows, column.nulls());
    }
    int nodes = builder.endVector();
    int buffers = buffers(builder, columns, body);
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rows);
    RecordBatch.addNodes(builder, nodes);
    RecordBatch.addBuffers(builder, buffers);
    return finish(builder, MessageHeader.RecordBatch, RecordBatch.endRecordBatch(builder), body);
  }

  private static int buffers(FlatBufferBuilder builder, List<ArrowBuffers> columns, int body) {
    int count = columns.stream().mapToInt(column -> column.parts().size()).sum();
    RecordBatch.startBuffersVector(builder, count);
    int at = body;
    for (ArrowBuffers column : columns.reversed()) {
      for (byte[] part : column.parts().reversed()) {
        at -= ArrowBuffers.padded(part.length);
        Buffer.createBuffer(builder, at, part.length);
      }
    }
    return builder.endVector();
  }

  /** The bytes of a message with this header. */
  static byte[] finish(FlatBufferBuilder builder, byte type, int header, long body) {
    builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, header, body, 0));
    return builder.sizedByteArray();
  }
}
