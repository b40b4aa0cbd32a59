package dev.tapeline.bench.rush;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.client.ClientFrames;
import dev.tapeline.bench.client.Handshake;
import dev.tapeline.bench.server.Target;
import dev.tapeline.bench.subscriber.SubscribePlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Clients that subscribe to channels of their own, all at once, and leave all at once. */
final class RushClients implements AutoCloseable {

  private final Target target;
  private final SubscribePlan plan;
  private final List<SocketChannel> sockets = new ArrayList<>();

  RushClients(Target target, SubscribePlan plan) {
    this.target = target;
    this.plan = plan;
  }

  void open(int clients) throws IOException {
    for (int i = 0; i < clients; i++) {
      sockets.add(Handshake.webSocket(target.address(), target.path(), ""));
    }
  }

  /** Subscribes all clients, and waits for all answers. */
  void subscribe() throws IOException {
    for (int i = 0; i < sockets.size(); i++) {
      send(sockets.get(i), plan.request(i));
    }
    for (SocketChannel socket : sockets) {
      awaitText(socket, "\"subscribed\"");
    }
  }

  static void send(SocketChannel socket, String text) throws IOException {
    ByteBuffer frame = ByteBuffer.wrap(ClientFrames.text(text));
    while (frame.hasRemaining()) {
      int _ = socket.write(frame);
    }
  }

  /** Reads until the whole text has come. */
  static void awaitText(SocketChannel socket, String text) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(1 << 14);
    StringBuilder all = new StringBuilder();
    while (all.indexOf(text) < 0) {
      if (socket.read(read.clear()) < 0) {
        throw new BenchException("the gateway closed a connection instead of " + text);
      }
      all.append(new String(read.array(), 0, read.position(), StandardCharsets.ISO_8859_1));
    }
  }

  void leave() throws IOException {
    for (SocketChannel socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    leave();
  }
}
