package dev.tapeline.bench.vendor;

import dev.tapeline.bench.client.ClientFrames;
import dev.tapeline.bench.client.FrameScanner;
import dev.tapeline.bench.client.FrameStream;
import dev.tapeline.bench.client.Handshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A client that subscribes to the market ticks of some shares of a {@link PacedMarket}, and
 * measures how long each was under way: from the time that its volume tells to the read of the
 * socket. A thread of its own reads, and owns the figures until it has ended.
 */
final class TickClient implements FrameScanner.Sink, AutoCloseable {

  private static final byte[] CHANNEL = ascii("{\"type\":\"data\",\"channel\":\"market:tick:LOAD");
  private static final byte[] VOLUME = ascii("\"volume\":");
  private static final int BUFFER = 1 << 17;
  private static final long MOST_MICROS = 3_600_000_000L;

  private final int first;
  private final int count;
  private final Measurement during;
  private final SocketChannel socket;
  private final Thread reader;
  private final FrameStream stream = new FrameStream();
  private final BitSet seen = new BitSet();
  private final AtomicLong channels = new AtomicLong();
  private final Histogram micros = new Histogram(MOST_MICROS, 3);
  private long readAt;
  private volatile @Nullable String problem;

  /** The window of time: what arrives within it counts. */
  static final class Measurement {
    private final long startMicros;
    private volatile long from = Long.MAX_VALUE;
    private volatile long to = Long.MAX_VALUE;

    /**
     * @param startMicros when the run has begun, µs since 1970
     */
    Measurement(long startMicros) {
      this.startMicros = startMicros;
    }

    void begin() {
      from = SentTime.nowMicros();
    }

    void end() {
      to = SentTime.nowMicros();
    }
  }

  /** Connects, and subscribes to so many shares from one on. */
  TickClient(InetSocketAddress server, int first, int count, Measurement during)
      throws IOException {
    this.first = first;
    this.count = count;
    this.during = during;
    socket = Handshake.webSocket(server, "/ws", "");
    String channels =
        IntStream.range(first, first + count)
            .mapToObj(number -> "\"market:tick:" + PacedMarket.PREFIX + number + "\"")
            .collect(Collectors.joining(","));
    byte[] request =
        ClientFrames.text("{\"action\":\"subscribe\",\"channels\":[" + channels + "]}");
    ByteBuffer out = ByteBuffer.wrap(request);
    while (out.hasRemaining()) {
      socket.write(out);
    }
    reader = Thread.ofPlatform().name("bench-client-" + first).daemon().start(this::read);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void read() {
    byte[] buffer = new byte[BUFFER];
    try {
      while (true) {
        int at = stream.begin(buffer);
        int got = socket.read(ByteBuffer.wrap(buffer, at, buffer.length - at));
        if (got < 0) {
          problem = "the server has closed it";
          return;
        }
        readAt = SentTime.nowMicros();
        stream.take(buffer, 0, at + got, this);
      }
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage()); // or it is closed here
    }
  }

  @Override
  public void onText(byte[] bytes, int from, int to) {
    int at = from + CHANNEL.length;
    if (at >= to || !Arrays.equals(bytes, from, at, CHANNEL, 0, CHANNEL.length)) {
      return; // the answer to the request, or a status
    }
    int number = (int) number(bytes, at, to);
    int volume = find(bytes, at, to);
    if (number < first || number >= first + count || volume < 0) {
      problem = "an odd frame: " + new String(bytes, from, to - from, StandardCharsets.UTF_8);
      return;
    }
    if (!seen.get(number)) {
      seen.set(number);
      channels.lazySet(seen.cardinality());
    }
    long sent = during.startMicros + number(bytes, volume, to) * SentTime.UNIT_MICROS;
    if (readAt >= during.from && readAt < during.to) {
      micros.recordValue(Math.clamp(readAt - sent, 0, MOST_MICROS));
    }
  }

  /** Where the volume stands; negative if it is missing. */
  private static int find(byte[] bytes, int from, int to) {
    for (int at = from; at < to - VOLUME.length; at++) {
      if (bytes[at] == '"'
          && Arrays.equals(bytes, at, at + VOLUME.length, VOLUME, 0, VOLUME.length)) {
        return at + VOLUME.length;
      }
    }
    return -1;
  }

  private static long number(byte[] bytes, int from, int to) {
    long value = 0;
    for (int at = from; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      value = value * 10 + (bytes[at] - '0');
    }
    return value;
  }

  @Override
  public void onPing(byte[] bytes, int from, int to) {
    try {
      socket.write(ByteBuffer.wrap(ClientFrames.pong(bytes, from, to)));
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
  }

  @Override
  public void onClose(byte[] bytes, int from, int to) {
    problem = "the server closes it";
  }

  @Override
  public void onOddFrame(int head) {
    problem = "a frame of the head " + head;
  }

  /** Whether each of its shares has come. */
  boolean isComplete() {
    return channels.get() == count;
  }

  /** What went wrong; null if nothing has. */
  @Nullable String problem() {
    return problem;
  }

  /** The latencies in microseconds; called when it is closed. */
  Histogram micros() {
    return micros;
  }

  @Override
  public void close() {
    try {
      socket.close();
      reader.join();
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
