package dev.tapeline.gateway;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds where requests begin in what a client sends on one connection, to stop in front of one that
 * is not for the REST server. After a body whose end can't be told from its head (chunked), or
 * something that is no HTTP/1.1, or a head that is too long, it looks no further: all that follows
 * belongs to the REST server.
 */
final class RequestBoundaries {

  private final Predicate<RequestHead> isOurs;
  private final int maxHeadBytes;
  private long bodyLeft;
  private boolean blind;

  RequestBoundaries(Predicate<RequestHead> isOurs, int maxHeadBytes) {
    this.isOurs = isOurs;
    this.maxHeadBytes = maxHeadBytes;
  }

  /**
   * What may be passed on.
   *
   * @param length how many bytes from the reader index on
   * @param ours the head that follows them, if it is not for the REST server
   */
  record Passage(int length, Optional<RequestHead> ours) {}

  Passage next(ByteBuf bytes) {
    int start = bytes.readerIndex();
    int end = bytes.writerIndex();
    int at = start;
    while (at < end && !blind) {
      if (bodyLeft > 0) {
        int taken = (int) Math.min(bodyLeft, end - at);
        bodyLeft -= taken;
        at += taken;
        continue;
      }
      ByteBuf rest = bytes.slice(at, end - at);
      int length = RequestHead.lengthIn(rest);
      if (length < 0 || length > maxHeadBytes) {
        blind = rest.readableBytes() > maxHeadBytes;
        break;
      }
      Optional<RequestHead> head = RequestHead.parse(rest, length);
      if (head.filter(isOurs).isPresent()) {
        return new Passage(at - start, head);
      }
      head.ifPresentOrElse(this::expectBody, () -> blind = true);
      at += length;
    }
    return new Passage((blind ? end : at) - start, Optional.empty());
  }

  /** Looks no further. */
  void giveUp() {
    blind = true;
  }

  private void expectBody(RequestHead head) {
    String length = head.headers().get("Content-Length", "0");
    if (head.headers().contains("Transfer-Encoding") || !length.matches("\\d{1,18}")) {
      blind = true;
    } else {
      bodyLeft = Long.parseLong(length);
    }
  }
}
