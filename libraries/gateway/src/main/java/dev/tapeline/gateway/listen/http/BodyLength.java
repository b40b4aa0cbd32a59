package dev.tapeline.gateway.listen.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** How the head of a message tells where its body ends (RFC 9112, section 6.3). */
public sealed interface BodyLength {

  BodyLength NONE = new Bytes(0);

  record Bytes(long count) implements BodyLength {}

  record Chunked() implements BodyLength {}

  /** The body length of a request; empty if its fields contradict each other, or can't be read. */
  static Optional<BodyLength> of(HttpHeaders headers) {
    List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (encodings.isEmpty()) {
      return ofLengths(lengths);
    }
    boolean chunked = encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked");
    return lengths.isEmpty() && chunked ? Optional.of(new Chunked()) : Optional.empty();
  }

  private static Optional<BodyLength> ofLengths(List<String> lengths) {
    if (lengths.isEmpty()) {
      return Optional.of(NONE);
    }
    return lengths.size() == 1 && lengths.getFirst().matches("\\d{1,18}")
        ? Optional.of(new Bytes(Long.parseLong(lengths.getFirst())))
        : Optional.empty();
  }
}
