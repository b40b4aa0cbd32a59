package dev.tapeline.simulate.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What faults do to answers. */
final class ReplyFaults {

  private static final String PAGE =
      "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

  private ReplyFaults() {}

  /** The answer in place of the true one; null where the fault changes the true one. */
  static @Nullable HttpReply instead(Fault fault, HttpSite site) {
    int status = fault.status();
    return switch (fault.kind()) {
      case STATUS -> site.error(status == 0 ? 500 : status);
      case HTML -> HttpReply.text(status == 0 ? 502 : status, "text/html", PAGE);
      case EMPTY -> HttpReply.text(status == 0 ? 200 : status, "application/json", "");
      case REDIRECT ->
          HttpReply.text(status == 0 ? 302 : status, "text/html", "")
              .with("location", fault.text().isEmpty() ? "/elsewhere" : fault.text());
      default -> null;
    };
  }

  /** The answer as gzip that ends in the middle. */
  static HttpReply halfGzip(HttpReply reply) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] half = Arrays.copyOf(zipped.toByteArray(), Math.max(1, zipped.size() / 2));
    HttpReply marked = reply.with("content-encoding", "gzip");
    return new HttpReply(marked.status(), Map.copyOf(marked.headers()), half);
  }
}
