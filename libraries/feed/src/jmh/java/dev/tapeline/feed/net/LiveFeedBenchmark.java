package dev.tapeline.feed.net;

import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures how fast a feed takes binary messages of 162 bytes from one socket on the loopback
 * interface, whose server sends a hundred at a time as fast as it can.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LiveFeedBenchmark implements Vendor, FeedListener, TickListener {

  private static final int MESSAGES = 10_000;
  private static final int PAYLOAD = 162;
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final Semaphore received = new Semaphore(0);
  @SuppressWarnings("NullAway.Init") // JMH calls start
  private ServerSocket server;

  @SuppressWarnings("NullAway.Init") // JMH calls start
  private LiveFeed feed;

  @Setup
  public void start() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofPlatform().daemon().start(this::serve);
    feed =
        new LiveFeed("bench", this, NetSettings.DEFAULT, ArrivalTap.NONE, InstantSource.system());
    feed.start(this, this);
  }

  private void serve() {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write(upgrade(socket).getBytes(StandardCharsets.US_ASCII));
      byte[] messages = new byte[100 * (PAYLOAD + 4)];
      for (int i = 0; i < messages.length; i += PAYLOAD + 4) {
        messages[i] = (byte) 0x82;
        messages[i + 1] = 126;
        messages[i + 3] = (byte) PAYLOAD;
      }
      while (!socket.isClosed()) {
        out.write(messages);
      }
    } catch (IOException | GeneralSecurityException _) {
      return; // the feed is closed
    }
  }

  private static String upgrade(Socket socket) throws IOException, GeneralSecurityException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String key = "";
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
        key = line.substring(line.indexOf(':') + 1).strip();
      }
    }
    byte[] digest =
        MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: %s\r\n\r\n".formatted(Base64.getEncoder().encodeToString(digest));
  }

  @TearDown
  public void stop() throws IOException {
    feed.close();
    server.close();
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void message() throws InterruptedException {
    received.acquire(MESSAGES);
  }

  @Override
  public List<RestCall.Budget> budgets() {
    return List.of();
  }

  @Override
  public VendorSession converse(VendorLink link) {
    URI uri = URI.create("ws://127.0.0.1:" + server.getLocalPort());
    link.open("a", () -> Address.of(uri), Duration.ZERO);
    return (arrival, _) -> {
      if (arrival instanceof Arrival.Frame) {
        received.release();
      }
    };
  }

  @Override
  public void onStatus(FeedStatus status) {}

  @Override
  public void onFault(FeedFault fault) {}

  @Override
  public void onEnded() {}

  @Override
  public void onFailed(Exception failure) {
    throw new IllegalStateException(failure);
  }

  @Override
  public void onTick(Tick tick) {}

  @Override
  public void onTime(long millis) {}

  @Override
  public void onFrameEnd() {}

  @Override
  public void onBatchEnd() {}
}
