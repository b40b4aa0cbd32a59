package dev.tapeline.simulate.dhan;

import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.ClientSocket;
import dev.tapeline.simulate.net.Json;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A socket of the market depth: 20 levels of 50 instruments, or 200 levels of one. Both sides of an
 * instrument are stacked in one message. Owned by the server's loop.
 */
final class DepthSocket extends DhanSocket {

  /** How deep a socket looks. */
  enum Depth {
    TWENTY(20, 50),
    TWO_HUNDRED(200, 1);

    private final int levels;
    private final int instruments;

    Depth(int levels, int instruments) {
      this.levels = levels;
      this.instruments = instruments;
    }
  }

  private static final int SUBSCRIBE = 23;
  private static final Set<Integer> UNSUBSCRIBE = Set.of(24, 25);
  private static final int TOO_MUCH = 804;
  private static final int NORMAL = 1000;

  private final Depth depth;
  private final Set<String> subscriptions = new LinkedHashSet<>();
  private final Set<String> waiting = new LinkedHashSet<>();
  private long sequence;

  DepthSocket(DhanFloor floor, ClientSocket socket, DhanTokens.Verdict verdict, Depth depth) {
    super(floor, socket, verdict);
    this.depth = depth;
  }

  @Override
  byte[] disconnectPacket(int reason) {
    return DhanPackets.depthDisconnect(reason);
  }

  @Override
  public void onText(String text) {
    DhanRequest request = DhanRequest.of(Json.parse(text));
    if (request == null) {
      floor().counters().count("unreadable_requests");
    } else if (request.code() == DhanRequest.DISCONNECT) {
      socket().close(NORMAL, "");
    } else if (request.code() == SUBSCRIBE) {
      subscribe(request.keys());
    } else if (UNSUBSCRIBE.contains(request.code())) {
      subscriptions.removeAll(request.keys());
    } else {
      floor().counters().count("unknown_request_codes");
    }
  }

  private void subscribe(List<String> keys) {
    Set<String> all = new LinkedHashSet<>(subscriptions);
    all.addAll(keys);
    if (all.size() > depth.instruments) {
      disconnect(TOO_MUCH);
      return;
    }
    for (String key : keys) {
      if (floor().quotes().quote(key) == null || !hasDepth(key)) {
        floor().counters().count("unknown_instruments");
      } else if (subscriptions.add(key)) {
        send(key);
      }
    }
  }

  private static boolean hasDepth(String key) {
    return key.startsWith(DhanSegment.NSE_EQ + ":") || key.startsWith(DhanSegment.NSE_FNO + ":");
  }

  @Override
  void flush(Set<String> changed) {
    changed.stream().filter(subscriptions::contains).forEach(waiting::add);
    if (!socket().isWritable()) {
      floor().counters().count("flushes_of_slow_clients");
      return;
    }
    waiting.stream().filter(subscriptions::contains).forEach(this::send);
    waiting.clear();
  }

  private void send(String key) {
    QuoteState quote = floor().quotes().quote(key);
    DhanId id = DhanSegment.id(key);
    if (quote == null || id == null) {
      return;
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(packet(true, id, DhanQuotes.deepBids(quote, depth.levels)));
    message.writeBytes(packet(false, id, DhanQuotes.deepAsks(quote, depth.levels)));
    socket().sendBinary(message.toByteArray());
  }

  private byte[] packet(boolean bids, DhanId id, List<DepthRow> rows) {
    return switch (depth) {
      case TWENTY -> DhanPackets.depth20(bids, id, ++sequence, rows);
      case TWO_HUNDRED -> DhanPackets.depth200(bids, id, rows);
    };
  }

  @Override
  public List<String> subscriptions() {
    return subscriptions.stream().map(key -> "depth" + depth.levels + " " + key).toList();
  }
}
