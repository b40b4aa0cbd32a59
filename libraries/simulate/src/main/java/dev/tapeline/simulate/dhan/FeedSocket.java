package dev.tapeline.simulate.dhan;

import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.ClientSocket;
import dev.tapeline.simulate.net.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A socket of the live feed. An instrument may be subscribed to in several modes at once. Owned by
 * the server's loop.
 */
final class FeedSocket extends DhanSocket {

  static final int MOST_INSTRUMENTS = 5000;
  static final int MOST_A_MESSAGE = 100;
  private static final int LARGEST_PACK = 32_000;
  private static final int TOO_MUCH = 804;
  private static final int NORMAL = 1000;

  private final Map<FeedMode, Set<String>> subscriptions = new EnumMap<>(FeedMode.class);
  private final Set<String> waiting = new LinkedHashSet<>();

  FeedSocket(DhanFloor floor, ClientSocket socket, DhanTokens.Verdict verdict) {
    super(floor, socket, verdict);
    for (FeedMode mode : FeedMode.values()) {
      subscriptions.put(mode, new LinkedHashSet<>());
    }
  }

  @Override
  byte[] disconnectPacket(int reason) {
    return DhanPackets.disconnect(reason);
  }

  @Override
  public void onText(String text) {
    DhanRequest request = DhanRequest.of(Json.parse(text));
    if (request == null) {
      floor().counters().count("unreadable_requests");
      return;
    }
    if (request.code() == DhanRequest.DISCONNECT) {
      leave(request);
      return;
    }
    FeedMode wanted = FeedMode.subscribedBy(request.code());
    FeedMode unwanted = FeedMode.unsubscribedBy(request.code());
    if (wanted != null) {
      subscribe(wanted, request.keys());
    } else if (unwanted != null) {
      of(unwanted).removeAll(request.keys());
    } else {
      floor().counters().count("unknown_request_codes");
    }
  }

  /** Ends the socket; with a list, as one client sends it, the request is only counted. */
  private void leave(DhanRequest request) {
    if (request.listed()) {
      floor().counters().count("disconnects_with_list");
    } else {
      socket().close(NORMAL, "");
    }
  }

  /** The legacy header, which the SDK sends when it leaves. */
  @Override
  public void onBinary(byte[] bytes) {
    floor().counters().count("binary_messages");
  }

  private Set<String> of(FeedMode mode) {
    return subscriptions.computeIfAbsent(mode, _ -> new LinkedHashSet<>());
  }

  private void subscribe(FeedMode mode, List<String> keys) {
    Set<String> all = new HashSet<>(keys);
    subscriptions.values().forEach(all::addAll);
    if (keys.size() > MOST_A_MESSAGE || all.size() > MOST_INSTRUMENTS) {
      disconnect(TOO_MUCH);
      return;
    }
    List<byte[]> packets = new ArrayList<>();
    for (String key : keys) {
      QuoteState quote = floor().quotes().quote(key);
      DhanId id = DhanSegment.id(key);
      if (quote == null || id == null) {
        floor().counters().count("unknown_instruments");
      } else if (of(mode).add(key)) {
        previousClose(id, quote, packets);
        now(mode, id, quote, packets);
      }
    }
    send(packets);
  }

  private void previousClose(DhanId id, QuoteState quote, List<byte[]> out) {
    boolean all = floor().options().previousCloses() == DhanOptions.PreviousCloses.ALL;
    if (quote.day().prevClose() != null && (all || DhanQuotes.isIndex(quote))) {
      out.add(
          DhanPackets.previousClose(
              id, DhanQuotes.orZero(quote.day().prevClose()), DhanQuotes.previousInterest(quote)));
    }
  }

  /** The present figures; nothing before the first price, and nothing in Full of an index. */
  private static void now(FeedMode mode, DhanId id, QuoteState quote, List<byte[]> out) {
    if (quote.last() == null) {
      return;
    }
    switch (mode) {
      case TICKER ->
          out.add(DhanPackets.ticker(id, DhanQuotes.orZero(quote.last()), DhanQuotes.time(quote)));
      case QUOTE -> {
        out.add(DhanPackets.quote(id, DhanQuotes.figures(quote)));
        if (DhanQuotes.isDerivative(quote)) {
          out.add(DhanPackets.openInterest(id, DhanQuotes.interest(quote).value()));
        }
      }
      case FULL -> {
        if (!DhanQuotes.isIndex(quote)) {
          out.add(
              DhanPackets.full(
                  id,
                  DhanQuotes.figures(quote),
                  DhanQuotes.interest(quote),
                  DhanQuotes.bids(quote, DhanPackets.LEVELS),
                  DhanQuotes.asks(quote, DhanPackets.LEVELS)));
        }
      }
      case OLD_DEPTH -> {} // not answered by the second version
    }
  }

  /** Sends each subscribed instrument that has changed; later, if the client is behind. */
  @Override
  void flush(Set<String> changed) {
    waiting.addAll(changed);
    if (!socket().isWritable()) {
      floor().counters().count("flushes_of_slow_clients");
      return;
    }
    List<byte[]> packets = new ArrayList<>();
    subscriptions.forEach((mode, keys) -> {
      for (String key : waiting) {
        if (keys.contains(key)) {
          current(mode, key, packets);
        }
      }
    });
    waiting.clear();
    send(packets);
  }

  private void current(FeedMode mode, String key, List<byte[]> out) {
    QuoteState quote = floor().quotes().quote(key);
    DhanId id = DhanSegment.id(key);
    if (quote != null && id != null) {
      now(mode, id, quote, out);
    }
  }

  /** Tells the market's status where the client has an instrument of the segment. */
  @Override
  void sessionBegins(String name) {
    DhanSegment segment = DhanSegment.of(name);
    boolean isWatched =
        subscriptions.values().stream()
            .flatMap(Set::stream)
            .anyMatch(key -> key.startsWith(name + ":"));
    if (segment != null && isWatched) {
      socket().sendBinary(DhanPackets.marketStatus(new DhanId(segment.number(), 0)));
    }
  }

  private void send(List<byte[]> packets) {
    if (!floor().options().packed()) {
      packets.forEach(socket()::sendBinary);
      return;
    }
    ByteArrayOutputStream pack = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      if (pack.size() + packet.length > LARGEST_PACK) {
        socket().sendBinary(pack.toByteArray());
        pack.reset();
      }
      pack.writeBytes(packet);
    }
    if (pack.size() > 0) {
      socket().sendBinary(pack.toByteArray());
    }
  }

  @Override
  public List<String> subscriptions() {
    List<String> all = new ArrayList<>();
    subscriptions.forEach((mode, keys) ->
        keys.forEach(key -> all.add(mode.name().toLowerCase(Locale.ROOT) + " " + key)));
    return all;
  }
}
