package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.SocketEnd;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The beginning of a WebSocket: a request over HTTP/1.1 and the answer to it. */
final class Handshake {

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int MAX_HEAD = 65_536;
  private static final int MAX_EXCERPT = 1000;
  private static final SocketEnd NO_UPGRADE =
      new SocketEnd.Broken("it does not upgrade to a WebSocket as it should");

  private final Address address;
  private final String key;

  Handshake(Address address) {
    this.address = address;
    byte[] nonce = new byte[16];
    new SecureRandom().nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
  }

  /**
   * Asks for a WebSocket.
   *
   * @return why there is none; null if it is open
   */
  @Nullable SocketEnd shake(Socket socket, InputStream in) throws IOException {
    socket.getOutputStream().write(request().getBytes(StandardCharsets.UTF_8));
    String[] status = line(in, MAX_HEAD).split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
      return NO_UPGRADE;
    }
    Map<String, String> headers = headers(in);
    if (!status[1].equals("101")) {
      return refused(status[1], headers, in);
    }
    boolean upgrades =
        "websocket".equalsIgnoreCase(headers.get("Upgrade"))
            && acceptance().equals(headers.get("Sec-WebSocket-Accept"))
            && !headers.containsKey("Sec-WebSocket-Extensions");
    return upgrades ? null : NO_UPGRADE;
  }

  private String request() {
    URI uri = address.uri();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery();
    StringBuilder request = new StringBuilder();
    request.append("GET ").append(path).append(query == null ? "" : "?" + query);
    request.append(" HTTP/1.1\r\n");
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Host", uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
    headers.putAll(address.headers());
    headers.put("Upgrade", "websocket");
    headers.put("Connection", "Upgrade");
    headers.put("Sec-WebSocket-Version", "13");
    headers.put("Sec-WebSocket-Key", key);
    headers.forEach((name, value) -> {
      if ((name + value).chars().anyMatch(each -> each < ' ')) {
        throw new IllegalArgumentException("a header has a line break");
      }
      request.append(name).append(": ").append(value).append("\r\n");
    });
    return request.append("\r\n").toString();
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int left = MAX_HEAD;
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      left -= line.length() + 2;
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private static String line(InputStream in, int limit) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException(Reasons.WITHOUT_ANSWER);
      }
      if (line.length() >= limit) {
        throw new UnusableException("an answer to the handshake that is too long");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  private String acceptance() {
    try {
      byte[] text = (key + MAGIC).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  private SocketEnd refused(String status, Map<String, String> headers, InputStream in)
      throws IOException {
    int code;
    int length;
    try {
      code = Integer.parseInt(status);
      length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    } catch (NumberFormatException _) {
      return NO_UPGRADE;
    }
    byte[] body = in.readNBytes(Math.clamp(length, 0, MAX_EXCERPT));
    String said = Reasons.excerpt(new String(body, StandardCharsets.UTF_8), address);
    return new SocketEnd.Refused(code, said);
  }
}
