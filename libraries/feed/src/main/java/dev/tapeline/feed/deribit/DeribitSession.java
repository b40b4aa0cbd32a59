package dev.tapeline.feed.deribit;

import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.Emission;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.tick.TickListener;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The conversation with Deribit: channels by demand on one connection, whole option chains, books
 * whose changes follow one another, and prices that are asked for.
 *
 * <p>Frames and answers alone decide on ticks: what is asked for, and when, only makes other
 * arrivals come. Owned by the thread of its feed.
 */
final class DeribitSession implements VendorSession {

  private static final int MAX_REASON = 200;
  private static final Set<String> OVER = Set.of("closed", "terminated", "delivered", "archivized");

  private final VendorLink link;
  private final List<String> currencies;
  private final DeribitCalls calls;
  private final DeribitSocket socket;
  private final InstrumentLists lists;
  private final MissedTrades missed;
  private final WatchedInstruments watched;
  private final PriceAsks asks;
  private final DeribitAnswers answers;
  private final ChannelData channelData;
  private final DeribitHealth health;
  private final Emission emission = new Emission();

  DeribitSession(DeribitOptions options, VendorLink link, DeribitListener listener) {
    this.link = link;
    this.currencies = options.currencies();
    this.calls = new DeribitCalls(options, link);
    this.socket = new DeribitSocket(options, link);
    this.lists = new InstrumentLists(calls, link, listener);
    this.missed = new MissedTrades(calls, link);
    this.watched = new WatchedInstruments(options.streams(), lists, missed, link);
    this.asks = new PriceAsks(calls);
    this.answers = new DeribitAnswers(calls, lists, watched, missed, link);
    this.channelData = new ChannelData(watched, missed, link);
    this.health = new DeribitHealth(link, socket);
    lists.want(currencies);
  }

  static String cut(String reason) {
    return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
  }

  @Override
  public void onArrival(Arrival arrival, TickListener out) {
    emission.begin(out);
    switch (arrival) {
      case Arrival.Frame frame -> onFrame(frame);
      case Arrival.Answer answer -> {
        if (answers.onAnswer(answer, emission)) {
          relist(answer.received());
        }
      }
      case Arrival.Unanswered(String call, String reason, long now) -> {
        link.fault("unanswered", cut("%s: %s".formatted(call, reason)));
        answers.onNoAnswer(call, now, emission);
      }
      case Arrival.Watch(Watchlist watchlist, long now) -> {
        watched.watch(watchlist);
        asks.want(watched.asked());
        socket.want(watched.channels(), now);
        onTime(now);
      }
      case Arrival.Time(long now) -> onTime(now);
      case Arrival.Opened(String name, long now) -> onOpened(name, now);
      case Arrival.Ended(String name, SocketEnd end, long now) -> onEnded(name, end, now);
      case Arrival.Pinged(String _, long now) -> socket.heard(now);
    }
    if (!(arrival instanceof Arrival.Time)) {
      missed.giveUpLate(arrival.received(), emission);
    }
    emission.end();
    if (!(arrival instanceof Arrival.Frame)) {
      health.tell(watched.voidBooks(), lists.missing(), missed.notes(arrival.received()));
    }
  }

  private void onOpened(String name, long now) {
    if (name.equals(DeribitSocket.NAME)) {
      watched.feeds().values().forEach(InstrumentFeed::restart);
      socket.opened(now);
    }
  }

  private void onEnded(String name, SocketEnd end, long now) {
    if (name.equals(DeribitSocket.NAME)) {
      watched.feeds().values().forEach(InstrumentFeed::restart);
      socket.ended(end, now);
    }
  }

  private void onTime(long now) {
    lists.onTime(now);
    asks.onTime(now, this::pricedAt);
    missed.onTime(now, watched);
    askForSummaries(now);
    if (watched.chooseTickers()) {
      socket.want(watched.channels(), now);
    }
    watched
        .feeds()
        .forEach((name, feed) -> {
          String channel =
              feed.wantsBook() ? feed.book().renewal(watched.bookChannel(name), now) : null;
          if (channel != null) {
            socket.renew(channel);
          }
        });
    socket.onTime(now);
  }

  private long pricedAt(String name) {
    InstrumentFeed feed = watched.feeds().get(name);
    return feed == null ? InstrumentFeed.NEVER : feed.pricedAt();
  }

  private void askForSummaries(long now) {
    List<ChainWatch> due =
        watched.chains().stream().filter(chain -> chain.isSummaryDue(now)).toList();
    due.forEach(chain -> chain.summaryAsked(now));
    due.stream()
        .map(ChainWatch::currency)
        .distinct()
        .forEach(currency -> calls.summary(currency, "option"));
  }

  private void relist(long now) {
    watched.resolve();
    socket.want(watched.channels(), now);
    askForSummaries(now);
  }

  private void onFrame(Arrival.Frame frame) {
    long now = frame.received();
    DeribitMessage message = read(frame.payload());
    if (message == null) {
      return;
    }
    socket.heard(now);
    switch (message) {
      case DeribitMessage.Push(String channel, JsonNode data) -> onPush(channel, data, now);
      case DeribitMessage.Heartbeat(boolean asks) -> {
        if (asks) {
          socket.test();
        }
      }
      case DeribitMessage.Result(long id, JsonNode result) ->
          socket.answered(id, result).forEach(this::onSubscribed);
      case DeribitMessage.Refusal refusal -> socket.refused(refusal, now);
      case DeribitMessage.Other _ -> {}
    }
  }

  private void onSubscribed(String channel) {
    if (DeribitStream.parse(channel) instanceof DeribitStream.Trades(String name) && name != null) {
      InstrumentFeed feed = watched.feeds().get(name);
      if (feed != null) {
        missed.onSubscribed(feed);
      }
    }
  }

  private @Nullable DeribitMessage read(byte[] payload) {
    try {
      return DeribitMessage.read(payload, 0, payload.length);
    } catch (IllegalArgumentException e) {
      link.fault("json", cut(String.valueOf(e.getMessage())));
      return null;
    }
  }

  private void onPush(String channel, JsonNode data, long now) {
    switch (DeribitStream.parse(channel)) {
      case null -> link.fault("channel", cut("data of an unknown channel " + channel));
      case DeribitStream.Listings(String currency) -> onListed(currency, data, now);
      case DeribitStream stream -> channelData.onData(stream, data, now, emission);
    }
  }

  /** An instrument has come, or has expired and leaves. */
  private void onListed(String currency, JsonNode data, long now) {
    String name = DeribitJson.text(data, "instrument_name");
    String state = DeribitJson.text(data, "state");
    lists.refresh(currency, now);
    if (name == null || state == null || !OVER.contains(state)) {
      return;
    }
    if (lists.remove(name) && watched.feeds().containsKey(name)) {
      relist(now);
    }
  }
}
