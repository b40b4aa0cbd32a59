package dev.tapeline.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.chaos.fault.Link.Weather;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LinkTest {

  private final AtomicInteger ended = new AtomicInteger();
  private ServerSocket echo;
  private Link link;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    link = new Link("test", echo.getLocalPort());
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket one = echo.accept();
        Thread.ofVirtual().start(() -> reflect(one));
      }
    } catch (IOException e) {
      assertTrue(echo.isClosed(), e.toString());
    }
  }

  private void reflect(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      ended.incrementAndGet();
    }
  }

  @AfterEach
  void stop() throws IOException {
    link.close();
    echo.close();
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), link.port());
  }

  private static byte[] sent(Socket socket, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    socket.getOutputStream().write(bytes);
    assertArrayEquals(bytes, socket.getInputStream().readNBytes(length));
    return bytes;
  }

  @Test
  void bytesPassInEachLivingWeather() throws IOException {
    for (Weather weather :
        new Weather[] {new Weather.Fair(), new Weather.Slow(5), new Weather.Narrow(1_000_000)}) {
      link.become(weather);
      try (Socket socket = connect()) {
        assertEquals(50_000, sent(socket, 50_000).length);
      }
    }
  }

  @Test
  void aDeadLinkSaysNothingAndItsConnectionsEndWhenItLives() throws IOException {
    try (Socket socket = connect()) {
      sent(socket, 10);
      link.become(new Weather.Dead());
      socket.getOutputStream().write(1);
      socket.setSoTimeout(100);
      assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
      socket.setSoTimeout(10_000);
      link.become(new Weather.Fair());
      assertEnded(socket);
    }
    try (Socket socket = connect()) {
      sent(socket, 10);
    }
  }

  @Test
  void aClosedLinkTakesNoConnections() throws IOException {
    link.become(new Weather.Closed());
    try (Socket socket = connect()) {
      assertEnded(socket);
    }
  }

  @Test
  void aCutEndsAllConnections() throws IOException {
    try (Socket one = connect();
        Socket two = connect()) {
      sent(one, 10);
      sent(two, 10);
      link.cut();
      assertEnded(one);
      assertEnded(two);
    }
  }

  private static void assertEnded(Socket socket) {
    boolean ended;
    try {
      ended = socket.getInputStream().read() < 0;
    } catch (IOException e) {
      ended = !(e instanceof SocketTimeoutException);
    }
    assertTrue(ended);
  }
}
