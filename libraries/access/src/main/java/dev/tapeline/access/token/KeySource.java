package dev.tapeline.access.token;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The address of a key set. Redirects are not followed, because nobody has configured their targets
 * as trusted. Uses the JDK's older client, because the newer one refuses host names with {@code _},
 * which containers have.
 */
final class KeySource {

  /** The time limit of a fetch, from the connection to the last byte of the answer. */
  static final Duration WHOLE = Duration.ofSeconds(5);

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int MAX_BYTES = 256 << 10;

  private final URL address;

  KeySource(URL address) {
    this.address = address;
  }

  /**
   * Fetches the text. Blocks.
   *
   * @throws IOException saying what is wrong
   */
  String fetch() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
    connection.setReadTimeout(Math.toIntExact(WHOLE.toMillis()));
    connection.setRequestProperty("Accept", "application/json, */*;q=0.1");
    long deadline = System.nanoTime() + WHOLE.toNanos();
    Thread watch = Thread.ofVirtual().name("tapeline-keys-limit").start(() -> limit(connection));
    try {
      return read(connection, deadline);
    } catch (IOException e) {
      throw System.nanoTime() < deadline ? new IOException(described(e), e) : late(e);
    } finally {
      watch.interrupt();
      connection.disconnect();
    }
  }

  /**
   * Cuts the connection at the time limit. While a head comes byte by byte, no single read takes
   * long.
   */
  private static void limit(HttpURLConnection connection) {
    try {
      Thread.sleep(WHOLE);
      connection.disconnect();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it was in time
    }
  }

  private static String read(HttpURLConnection connection, long deadline) throws IOException {
    int status = connection.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      throw new IOException(refusal(status, connection.getHeaderField("Location")));
    }
    try (InputStream in = connection.getInputStream()) {
      return new String(read(in, deadline), StandardCharsets.UTF_8);
    }
  }

  /** Checks the time between reads, because cutting a connection may wait for a read to end. */
  private static byte[] read(InputStream in, long deadline) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] part = new byte[1 << 13];
    for (int length = in.read(part); length >= 0; length = in.read(part)) {
      body.write(part, 0, length);
      if (body.size() > MAX_BYTES) {
        throw new IOException("its answer is longer than %d bytes".formatted(MAX_BYTES));
      }
      if (System.nanoTime() >= deadline) {
        throw new SocketTimeoutException("its answer comes too slowly");
      }
    }
    return body.toByteArray();
  }

  private static String refusal(int status, String location) {
    return location == null
        ? "it answers with status %d".formatted(status)
        : "it redirects (%d) to %s, which is not followed: set that address"
            .formatted(status, KeySet.printable(location));
  }

  private static IOException late(IOException cause) {
    return new IOException("no complete answer within %d s".formatted(WHOLE.toSeconds()), cause);
  }

  private static String described(IOException error) {
    return switch (error) {
      case UnknownHostException _ -> "the host's name is not known";
      case SocketTimeoutException _ -> "no connection within %d s".formatted(CONNECT.toSeconds());
      case ConnectException _ -> "no connection";
      default -> KeySet.printable(String.valueOf(error.getMessage()));
    };
  }

  /** The address without the password and the query, which may be secret. */
  @Override
  public String toString() {
    int port = address.getPort();
    return "%s://%s%s%s"
        .formatted(
            address.getProtocol(),
            address.getHost(),
            port < 0 ? "" : ":" + port,
            address.getPath());
  }
}
