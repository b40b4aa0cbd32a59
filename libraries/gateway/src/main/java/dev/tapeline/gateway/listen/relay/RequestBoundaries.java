package dev.tapeline.gateway.listen.relay;

import dev.tapeline.gateway.listen.answer.HttpRefusal;
import dev.tapeline.gateway.listen.http.BodyEnd;
import dev.tapeline.gateway.listen.http.HeadEnd;
import dev.tapeline.gateway.listen.http.RequestHead;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the requests on one connection begin and end, to stop after each, and before one that
 * is not for the REST server. What is no valid HTTP/1.1 ends the connection, so that no two readers
 * can see different requests. Owned by the connection's lane.
 */
public final class RequestBoundaries {

  private final Predicate<RequestHead> isOurs;
  private final int maxHeadBytes;
  private final HeadEnd headEnd = new HeadEnd();
  private @Nullable BodyEnd body;

  public RequestBoundaries(Predicate<RequestHead> isOurs, int maxHeadBytes) {
    this.isOurs = isOurs;
    this.maxHeadBytes = maxHeadBytes;
  }

  /** What comes next on a connection. */
  public sealed interface Next {

    /** A head that has only begun, or nothing. */
    record Incomplete() implements Next {}

    /**
     * Bytes of a request that is for the REST server.
     *
     * @param length the number of bytes from the reader index on
     * @param begun the request's head; null if it is not among them
     * @param isLast whether the request ends with them
     */
    record Part(int length, @Nullable RequestHead begun, boolean isLast) implements Next {}

    /** A request that is not for the REST server. */
    record Ours(RequestHead head) implements Next {}

    /** Bytes that are no valid request. */
    record Bad(HttpRefusal why) implements Next {}
  }

  /** Looks at what has come and was not passed on yet; skips empty lines in front of a head. */
  public Next next(ByteBuf bytes) {
    if (body != null) {
      return part(bytes, 0, null, body);
    }
    HeadEnd.skipEmptyLines(bytes);
    int length = headEnd.find(bytes);
    if ((length < 0 ? bytes.readableBytes() : length) > maxHeadBytes) {
      return new Next.Bad(HttpRefusal.HEAD_TOO_LARGE);
    }
    if (length < 0) {
      return new Next.Incomplete();
    }
    Optional<RequestHead> head = RequestHead.parse(bytes, length);
    if (head.isEmpty()) {
      return new Next.Bad(HttpRefusal.BAD_REQUEST);
    }
    return isOurs.test(head.get())
        ? new Next.Ours(head.get())
        : part(bytes, length, head.get(), BodyEnd.of(head.get().body(), maxHeadBytes));
  }

  private Next part(ByteBuf bytes, int begun, @Nullable RequestHead head, BodyEnd end) {
    try {
      int taken = end.take(bytes, bytes.readerIndex() + begun);
      body = end.isReached() ? null : end;
      return new Next.Part(begun + taken, head, end.isReached());
    } catch (IllegalArgumentException e) {
      return new Next.Bad(HttpRefusal.BAD_REQUEST);
    }
  }
}
