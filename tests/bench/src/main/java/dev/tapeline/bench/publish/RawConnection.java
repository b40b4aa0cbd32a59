package dev.tapeline.bench.publish;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.redis.address.RedisAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A connection to Redis that sends prepared calls, so that the tool costs almost nothing beside the
 * server. Owned by one thread.
 */
final class RawConnection implements AutoCloseable {

  /** The mark behind calls that are sent together; its first byte occurs nowhere else in it. */
  private static final byte[] MARK = "~ that is all".getBytes(StandardCharsets.US_ASCII);

  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int filled;

  RawConnection(RedisAddress address) throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(address.host(), address.port()), TIMEOUT_MILLIS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** The bytes of a command on the wire. */
  static byte[] command(List<String> words) {
    return ("*%d\r\n".formatted(words.size())
            + words.stream().map(RawConnection::word).collect(Collectors.joining()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String word(String word) {
    return "$%d\r\n%s\r\n".formatted(word.getBytes(StandardCharsets.UTF_8).length, word);
  }

  /** Commands to be sent together, behind which the answers' end can be seen. */
  static byte[] together(List<byte[]> commands) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    commands.forEach(all::writeBytes);
    all.writeBytes(command(List.of("ECHO", new String(MARK, StandardCharsets.US_ASCII))));
    return all.toByteArray();
  }

  void send(byte[] together) throws IOException {
    out.write(together);
  }

  /** Waits for the answers to what was sent together, and returns the first of their text. */
  String answers() throws IOException {
    StringBuilder text = new StringBuilder();
    int matched = 0;
    while (matched < MARK.length) {
      if (at == filled) {
        fill();
      }
      byte next = buffer[at++];
      matched = next == MARK[matched] ? matched + 1 : next == MARK[0] ? 1 : 0;
      if (text.length() < 8_192) {
        text.append((char) next);
      }
    }
    return text.toString();
  }

  private void fill() throws IOException {
    filled = in.read(buffer);
    at = 0;
    if (filled < 0) {
      filled = 0;
      throw new IOException("Redis closed the connection");
    }
  }

  String ask(String... words) throws IOException {
    send(together(List.of(command(List.of(words)))));
    String answer = answers();
    if (answer.startsWith("-")) {
      throw new BenchException(
          "Redis refused %s: %s".formatted(words[0], answer.lines().findFirst().orElse("")));
    }
    return answer;
  }

  /** The processor time that the server has used, in microseconds. */
  double cpuMicros() throws IOException {
    return ask("INFO", "cpu")
            .lines()
            .filter(line -> line.startsWith("used_cpu_user:") || line.startsWith("used_cpu_sys:"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
            .sum()
        * 1e6;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
