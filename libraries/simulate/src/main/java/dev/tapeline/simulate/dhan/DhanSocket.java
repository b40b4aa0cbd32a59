package dev.tapeline.simulate.dhan;

import dev.tapeline.simulate.net.ClientSocket;
import dev.tapeline.simulate.net.SocketHandler;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What Dhan's data sockets have in common: credentials, the limit of connections, pings, and the
 * way they end. Owned by the server's loop.
 */
abstract class DhanSocket implements SocketHandler {

  private static final int NORMAL = 1000;
  private static final byte[] PING = "dhan".getBytes(StandardCharsets.US_ASCII);

  private final DhanFloor floor;
  private final ClientSocket socket;
  private final DhanTokens.Verdict verdict;
  private long heard = System.nanoTime();

  DhanSocket(DhanFloor floor, ClientSocket socket, DhanTokens.Verdict verdict) {
    this.floor = floor;
    this.socket = socket;
    this.verdict = verdict;
  }

  final DhanFloor floor() {
    return floor;
  }

  final ClientSocket socket() {
    return socket;
  }

  @Override
  public void onOpen() {
    if (verdict != DhanTokens.Verdict.GOOD) {
      disconnect(verdict.code());
      return;
    }
    floor.connections().add(this);
    socket.every(floor.options().pace().ping(), this::ping);
  }

  private void ping() {
    if (System.nanoTime() - heard > floor.options().pace().patience().toNanos()) {
      socket.reset();
      return;
    }
    socket.ping(PING);
  }

  @Override
  public void onPong(byte[] payload) {
    heard = System.nanoTime();
  }

  @Override
  public void onClosed() {
    floor.connections().remove(this);
  }

  /** Says why, and ends the socket. */
  final void disconnect(int reason) {
    socket.sendBinary(disconnectPacket(reason));
    socket.close(NORMAL, "");
  }

  abstract byte[] disconnectPacket(int reason);

  /** A session begins in a segment, by its name. */
  void sessionBegins(String segment) {}

  /** Sends what has changed since the last time. */
  abstract void flush(Set<String> changed);
}
