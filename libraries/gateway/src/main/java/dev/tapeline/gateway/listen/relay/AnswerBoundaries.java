package dev.tapeline.gateway.listen.relay;

import dev.tapeline.gateway.listen.http.BodyEnd;
import dev.tapeline.gateway.listen.http.BodyLength;
import dev.tapeline.gateway.listen.http.HeadEnd;
import dev.tapeline.gateway.listen.http.HeadText;
import dev.tapeline.gateway.listen.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the REST server's answer to one request ends. An answer without a length ends with
 * the server's connection. Owned by the thread of that connection.
 */
final class AnswerBoundaries {

  /** The longest head; the REST server's heads are much shorter. */
  private static final int MAX_HEAD_BYTES = 64 << 10;

  private final HeadEnd headEnd = new HeadEnd();
  private ByteBuf head = Unpooled.EMPTY_BUFFER;
  private @Nullable BodyEnd body;
  private boolean toTheEnd;

  /** How far an answer has come. */
  enum Progress {
    UNDER_WAY,
    ENDED
  }

  /**
   * Follows bytes that have come, without consuming them.
   *
   * @param bodiless whether the answer has no body, whatever length its head names
   */
  Progress follow(ByteBuf bytes, ByteBufAllocator alloc, boolean bodiless) {
    int at = bytes.readerIndex();
    while (at < bytes.writerIndex() && !toTheEnd) {
      if (body == null) {
        at += takeHead(bytes, at, alloc, bodiless);
      }
      if (body != null) {
        at += body.take(bytes, at);
        if (body.isReached()) {
          body = null;
          return Progress.ENDED;
        }
      }
    }
    return Progress.UNDER_WAY;
  }

  private int takeHead(ByteBuf bytes, int from, ByteBufAllocator alloc, boolean bodiless) {
    int before = head.readableBytes();
    head =
        ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(
            alloc, head, bytes.retainedSlice(from, bytes.writerIndex() - from));
    int length = headEnd.find(head);
    if (length < 0) {
      toTheEnd = head.readableBytes() > MAX_HEAD_BYTES;
      return bytes.writerIndex() - from;
    }
    expectBody(head.toString(0, length, StandardCharsets.ISO_8859_1), bodiless);
    release();
    return length - before;
  }

  private void expectBody(String text, boolean bodiless) {
    String headText = text.substring(0, text.length() - RequestHead.END.length());
    String[] words = HeadText.firstLine(headText).split(" ", 3);
    String status = words.length < 2 ? "" : words[1];
    Optional<HttpHeaders> headers = HeadText.headers(headText);
    if (status.startsWith("1")) {
      return; // the answer itself follows
    }
    if (bodiless || status.equals("204") || status.equals("304")) {
      body = BodyEnd.of(BodyLength.NONE, MAX_HEAD_BYTES);
      return;
    }
    Optional<BodyLength> length = headers.filter(this::tellsLength).flatMap(BodyLength::of);
    body = length.map(known -> BodyEnd.of(known, MAX_HEAD_BYTES)).orElse(null);
    toTheEnd = length.isEmpty();
  }

  private boolean tellsLength(HttpHeaders headers) {
    return headers.contains("Content-Length") || headers.contains("Transfer-Encoding");
  }

  void release() {
    head.release();
    head = Unpooled.EMPTY_BUFFER;
  }
}
