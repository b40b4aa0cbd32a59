package dev.tapeline.feed.dhan;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.dhan.order.OrderFills;
import dev.tapeline.feed.dhan.packet.DepthDecoder;
import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.feed.dhan.packet.InstrumentTable;
import dev.tapeline.feed.dhan.packet.PacketDecoder;
import dev.tapeline.feed.dhan.packet.PacketListener;
import dev.tapeline.feed.dhan.packet.Segment;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.dhan.rest.AnswerParser;
import dev.tapeline.feed.dhan.rest.ChainTicks;
import dev.tapeline.feed.dhan.rest.DhanAnswer;
import dev.tapeline.feed.dhan.rest.DhanCalls;
import dev.tapeline.feed.dhan.rest.QuoteAnswer;
import dev.tapeline.feed.dhan.token.TokenUpkeep;
import dev.tapeline.feed.dhan.token.TotpMinter;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.TickListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with Dhan. Packets of the feed and answers of the REST interface become ticks;
 * sockets, subscriptions and calls follow from what is watched. Owned by the thread of its feed.
 */
final class DhanSession implements VendorSession {

  private static final Duration RATE_PAUSE = Duration.ofSeconds(5);
  private static final long CHAIN_FLOWS = 60_000;
  private static final int NONE = -1;

  private final DhanOptions options;
  private final TradingHours hours;
  private final VendorLink link;
  private final InstrumentTable table = new InstrumentTable();

  /** The instruments of which others ask for a price, watched or not. */
  private final InstrumentTable asked = new InstrumentTable();

  private final PacketDecoder packets;
  private final DepthDecoder depth;
  private final AccountGate gate;
  private final Seeds seeds;
  private final FeedSockets sockets;
  private final ChainPoller chains;
  private final TokenUpkeep tokens;
  private final @Nullable OrderSocket orders;

  private int disconnect = NONE;
  private boolean watchesNothing = true;
  private FeedStatus.@Nullable State toldState;
  private @Nullable String toldReason;

  DhanSession(DhanOptions options, DhanVendor.Parts parts, VendorLink link, PollReport report) {
    this.options = options;
    this.hours = parts.hours();
    this.link = link;
    PacketListener listener = listener();
    DhanCalls calls = new DhanCalls(options.account());
    Random random = new Random(options.seed());
    packets = new PacketDecoder(table, hours, options.tradeTimeAhead(), listener);
    depth = new DepthDecoder(table, listener);
    gate = new AccountGate(options.account().accessToken(), calls, link);
    seeds = new Seeds(table, calls, link);
    sockets = new FeedSockets(options, table, depth, hours, gate, seeds, link, random);
    ChainTicks ticks = new ChainTicks(parts.legs(), table::isStreaming, hours);
    long interval = options.chainInterval().toMillis();
    chains = new ChainPoller(calls, parts.legs(), ticks, hours, link, report, interval);
    tokens = tokens(options, parts, link, calls);
    orders =
        options.orderUpdates()
            ? new OrderSocket(
                options.account(),
                new SocketAddresses(options)::orders,
                link,
                new OrderFills(parts.orders()),
                random)
            : null;
  }

  private static TokenUpkeep tokens(
      DhanOptions options, DhanVendor.Parts parts, VendorLink link, DhanCalls calls) {
    TotpMinter.Secrets secrets = options.tokens().minting();
    return new TokenUpkeep(
        options.tokens().renewed(),
        secrets == null ? null : new TotpMinter(calls, secrets, link, parts.tokens()),
        calls,
        parts.hours(),
        link,
        parts.tokens());
  }

  private PacketListener listener() {
    return new PacketListener() {
      @Override
      public void onFault(String kind, String reason) {
        link.fault(kind, reason);
      }

      @Override
      public void onDisconnect(int code) {
        disconnect = code;
      }
    };
  }

  @Override
  public void onArrival(Arrival arrival, TickListener out) {
    long now = arrival.received();
    switch (arrival) {
      case Arrival.Watch(Watchlist watchlist, _) -> watch(watchlist, now);
      case Arrival.Time _ -> onTime(now);
      case Arrival.Opened(String socket, _) -> opened(socket, now);
      case Arrival.Frame frame -> frame(frame, out);
      case Arrival.Pinged(String socket, _) -> sockets.pinged(socket, now);
      case Arrival.Ended ended -> ended(ended);
      case Arrival.Answer answer -> answer(answer, out);
      case Arrival.Unanswered unanswered -> unanswered(unanswered);
    }
    if (!(arrival instanceof Arrival.Frame) || toldState != FeedStatus.State.LIVE) {
      obeyGate(now);
      tellStatus(now);
    }
  }

  private void watch(Watchlist watchlist, long now) {
    hours.watch(watchlist);
    Map<Instrument, FeedMode> modes = new HashMap<>();
    Set<Instrument> books = new HashSet<>();
    watchlist
        .instruments()
        .forEach((instrument, detail) -> {
          if (check(instrument)) {
            modes.put(instrument, mode(instrument, detail));
            if (detail == Detail.BOOK) {
              books.add(instrument);
            }
          }
        });
    Map<Instrument, FeedMode> priced = new HashMap<>();
    watchlist.asked().stream()
        .filter(this::check)
        .forEach(instrument -> priced.put(instrument, FeedMode.TICKER));
    watchesNothing = modes.isEmpty() && watchlist.chains().isEmpty();
    table.watch(modes, now);
    asked.watch(priced, now);
    depth.retain(modes.keySet());
    seeds.retain(modes.keySet(), priced.keySet(), now);
    chains.watch(watchlist.chains());
    boolean needsToken = !watchesNothing || !priced.isEmpty() || orders != null;
    if (needsToken && !gate.isShut()) {
      gate.token(now); // shuts the gate if there is none
    }
    obeyGate(now);
    sockets.watch(modes, books, now);
  }

  private boolean check(Instrument instrument) {
    boolean known = InstrumentTable.isValid(instrument);
    if (!known) {
      link.fault("instrument", "%s is none of Dhan's".formatted(instrument.key()));
    }
    return known;
  }

  /** An index has no book, and the vendor does not answer when it is asked for. */
  private FeedMode mode(Instrument instrument, Detail detail) {
    FeedMode mode =
        switch (detail) {
          case PRICE -> FeedMode.TICKER;
          case QUOTE -> FeedMode.QUOTE;
          case BOOK -> FeedMode.FULL;
        };
    FeedMode wanted = mode.max(options.mode());
    return instrument instanceof Instrument.Index ? wanted.min(FeedMode.QUOTE) : wanted;
  }

  private void onTime(long now) {
    if (orders != null) {
      orders.onTime(now);
    }
    gate.tryAgain(now);
    if (gate.needsToken()) {
      tokens.replaceRefused(now);
    }
    obeyGate(now);
    if (gate.isShut()) {
      return;
    }
    sockets.onTime(now);
    seeds.send(now);
    chains.send(now);
    String token = tokens.isLookDue(now) ? gate.token(now) : null;
    if (token != null) {
      tokens.look(token, now);
    }
  }

  private void obeyGate(long now) {
    sockets.obeyGate(now);
    if (orders != null) {
      if (gate.isShut()) {
        orders.stop(now);
      } else {
        orders.start();
      }
    }
  }

  private void opened(String socket, long now) {
    if (!socket.equals(OrderSocket.NAME)) {
      sockets.opened(socket, now);
      seeds.send(now);
    } else if (orders != null) {
      orders.opened(now);
    }
  }

  private void frame(Arrival.Frame frame, TickListener out) {
    String socket = frame.socket();
    byte[] payload = frame.payload();
    long now = frame.received();
    if (socket.equals(OrderSocket.NAME)) {
      if (orders != null) {
        orders.frame(payload, now);
      }
      return;
    } else if (frame.text()) {
      link.fault("text", "a text message on a socket of packets");
      sockets.frame(socket, 0, now);
      return;
    }
    disconnect = NONE;
    int found =
        socket.startsWith(FeedSockets.DEEP)
            ? depth.decode(payload, 0, payload.length, now, out)
            : packets.decode(payload, 0, payload.length, now, out);
    sockets.frame(socket, found, now);
    if (disconnect != NONE) {
      sockets.disconnected(socket, disconnect, now);
      obeyGate(now);
      tellStatus(now);
    }
  }

  private void ended(Arrival.Ended ended) {
    long now = ended.received();
    if (!ended.socket().equals(OrderSocket.NAME)) {
      sockets.ended(ended.socket(), ended.end(), now);
    } else if (orders != null) {
      boolean refused = orders.ended(ended.end(), hours.isOpen(now), now);
      if (refused) {
        gate.suspect(now);
      }
    }
  }

  private void answer(Arrival.Answer arrived, TickListener out) {
    DhanAnswer answer = AnswerParser.parse(arrived.status(), arrived.body());
    String kind = DhanCalls.kindOf(arrived.call());
    long now = arrived.received();
    if (answer instanceof DhanAnswer.Failure failure && !kind.equals(DhanCalls.MINT)) {
      failed(kind, arrived.call(), failure, now);
    }
    switch (kind) {
      case DhanCalls.QUOTE, "ltp", "ohlc" -> quotes(arrived.call(), answer, now, out);
      case DhanCalls.CHAIN ->
          chains.onAnswer(arrived.call(), answer, number(arrived.body()), now, out);
      case DhanCalls.PROFILE -> gate.onProfile(answer, now);
      case DhanCalls.RENEW -> renewed(tokens.onRenewed(answer), now);
      case DhanCalls.MINT -> renewed(tokens.onMinted(answer, now), now);
      default -> {} // asked for by others
    }
  }

  /** A new token has ended the former one: what is connected with that one begins anew. */
  private void renewed(boolean isNew, long now) {
    if (!isNew) {
      return;
    }
    gate.renewed(now);
    sockets.reconnect();
    if (orders != null) {
      orders.stop(now);
    }
  }

  private static long number(byte[] body) {
    return (long) body.length << 32 | (Arrays.hashCode(body) & 0xFFFF_FFFFL);
  }

  /** While prices flow, a call that is refused for its plan says nothing about the account. */
  private void failed(String kind, String call, DhanAnswer.Failure failure, long now) {
    link.fault("rest", "%s: %s".formatted(call, failure));
    switch (failure.kind()) {
      case RATE -> link.rest(DhanCalls.budgetOf(kind), RATE_PAUSE);
      case AUTH -> {
        if (kind.equals(DhanCalls.RENEW)) {
          gate.suspect(now); // that a token can't be renewed does not say that it is refused
        } else {
          gate.onFailure(failure, now);
        }
      }
      case PLAN -> {
        if (sockets.hasData()) {
          gate.suspect(now);
        } else {
          gate.onFailure(failure, now);
        }
      }
      case INPUT, VENDOR, NOT_JSON, REFUSED -> {}
    }
  }

  private void quotes(String call, DhanAnswer answer, long now, TickListener out) {
    packets.tellAgain(seeds.askedIn(call), now, out);
    if (answer instanceof DhanAnswer.Success(var data)) {
      seeds.answered(call);
      QuoteAnswer.tell(data, now, this::silent, hours, out);
    } else {
      seeds.failed(call, now);
    }
  }

  /** An instrument that is wanted and that the feed does not send now; null for others. */
  private @Nullable Instrument silent(Segment segment, long id) {
    Instrument watched = table.watched(segment, id);
    Instrument instrument = watched == null ? asked.watched(segment, id) : watched;
    return instrument == null || table.isStreaming(instrument) ? null : instrument;
  }

  private void unanswered(Arrival.Unanswered unanswered) {
    String call = unanswered.call();
    link.fault("rest", "%s: %s".formatted(call, unanswered.reason()));
    switch (DhanCalls.kindOf(call)) {
      case DhanCalls.QUOTE -> seeds.failed(call, unanswered.received());
      case DhanCalls.CHAIN -> chains.onUnanswered(call, unanswered.reason(), unanswered.received());
      default -> {} // tried again by who wants it
    }
  }

  private void tellStatus(long now) {
    String reason = gate.reason();
    if (reason != null) {
      tell(
          FeedStatus.State.DOWN,
          both(reason, gate.needsToken() ? tokens.outlook() : tokens.problem()));
    } else if (watchesNothing) {
      tell(FeedStatus.State.CLOSED, "nothing is watched");
    } else if (!hours.isOpen(now)) {
      tell(FeedStatus.State.CLOSED, "outside of trading hours");
    } else if (sockets.hasData()) {
      tell(FeedStatus.State.LIVE, both(sockets.problem(), tokens.problem()));
    } else if (!chains.isEmpty() && now - chains.lastSuccess() < CHAIN_FLOWS) {
      tell(FeedStatus.State.LIVE, "option chains alone");
    } else {
      tell(FeedStatus.State.DOWN, sockets.problem());
    }
  }

  private static @Nullable String both(@Nullable String one, @Nullable String other) {
    return one == null || other == null ? (one == null ? other : one) : one + "; " + other;
  }

  private void tell(FeedStatus.State state, @Nullable String reason) {
    if (state != toldState || !Objects.equals(reason, toldReason)) {
      toldState = state;
      toldReason = reason;
      link.tell(state, reason);
    }
  }
}
