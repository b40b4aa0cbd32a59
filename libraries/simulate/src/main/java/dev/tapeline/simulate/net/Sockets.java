package dev.tapeline.simulate.net;

import io.netty.channel.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open sockets of a server, at most {@value #MOST}. Owned by the server's loop. */
public final class Sockets {

  static final int MOST = 2000;

  private final Map<ClientSocket, SocketHandler> open = new LinkedHashMap<>();
  private int last;
  private long refused;

  Sockets() {}

  /** The next socket; null if there are too many. */
  @Nullable ClientSocket next(String path, Channel channel, Faults faults) {
    if (open.size() >= MOST) {
      refused++;
      return null;
    }
    return new ClientSocket(++last, path, channel, faults);
  }

  void add(ClientSocket socket, SocketHandler handler) {
    open.put(socket, handler);
  }

  void remove(ClientSocket socket) {
    open.remove(socket);
  }

  /** The open ones, oldest first. */
  public List<ClientSocket> all() {
    return List.copyOf(open.keySet());
  }

  /** What the client of a socket is subscribed to. */
  public List<String> subscriptions(ClientSocket socket) {
    SocketHandler handler = open.get(socket);
    return handler == null ? List.of() : handler.subscriptions();
  }

  /** The number of handshakes so far. */
  public int opened() {
    return last;
  }

  /** The number of those refused because there were too many. */
  public long refused() {
    return refused;
  }
}
