package dev.tapeline.feed.binance;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.Emission;
import dev.tapeline.feed.vendor.HeldTrades;
import dev.tapeline.feed.vendor.SourceNotes;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.TickListener;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The conversation with Binance spot: streams by demand over as many connections as they need,
 * books from snapshots and changes, trades each once and in order.
 *
 * <p>Frames and answers alone decide on ticks: what is asked for, and when, only makes other
 * arrivals come. Owned by the thread of its feed.
 */
final class BinanceSession implements VendorSession {

  private static final int MAX_REASON = 200;
  private static final int MAX_FORGOTTEN = 10_000;

  private final BinanceOptions options;
  private final VendorLink link;
  private final BinanceCalls calls;
  private final StreamSlots slots;
  private final InstrumentLookup lookup;
  private final SourceNotes notes = new SourceNotes();
  private final SourceHealth health;
  private final RestAnswers answers;
  private final Map<String, PairFeed> pairs = new HashMap<>();
  private final Map<String, BookSync.Shown> shownBooks = new LinkedHashMap<>();
  private final HeldTrades held = new HeldTrades();
  private final BinanceFrame frame = new BinanceFrame();
  private final Emission emission = new Emission();

  BinanceSession(BinanceOptions options, VendorLink link, Consumer<Instrument> described) {
    this.options = options;
    this.link = link;
    this.calls = new BinanceCalls(options, link);
    this.slots = new StreamSlots(options, link);
    this.lookup = new InstrumentLookup(calls, link);
    this.health = new SourceHealth(link, slots, calls, lookup, notes);
    this.answers = new RestAnswers(pairs, calls, lookup, link, described);
  }

  @Override
  public void onArrival(Arrival arrival, TickListener out) {
    emission.begin(out);
    switch (arrival) {
      case Arrival.Frame received -> onFrame(received);
      case Arrival.Answer answer -> answers.onAnswer(answer, emission);
      case Arrival.Unanswered(String call, String reason, long now) -> {
        link.fault("no-answer", cut("%s: %s".formatted(call, reason)));
        answers.onNoAnswer(call, now, emission);
      }
      case Arrival.Watch(Watchlist watchlist, long now) -> watch(watchlist, now);
      case Arrival.Time(long now) -> onTime(now);
      case Arrival.Opened _, Arrival.Pinged _, Arrival.Ended _ -> onSocket(arrival);
    }
    if (!(arrival instanceof Arrival.Time)) {
      held.giveUpLate(arrival.received(), emission);
    }
    emission.end();
    if (!(arrival instanceof Arrival.Frame)) {
      health.tell(pairs, arrival.received());
    }
  }

  private void watch(Watchlist watchlist, long now) {
    Map<String, Instrument> watched = new TreeMap<>();
    Map<String, Detail> details = new HashMap<>();
    Map<Instrument, Detail> all = new HashMap<>(watchlist.instruments());
    watchlist.asked().forEach(one -> all.putIfAbsent(one, Detail.PRICE)); // its stream says it
    all.forEach((instrument, detail) -> {
      String symbol = instrument.securityId().toUpperCase(Locale.ROOT);
      watched.put(symbol, instrument);
      details.merge(symbol, detail, (one, other) -> one.compareTo(other) > 0 ? one : other);
    });
    forget(watched.keySet());
    held.retain(pairs.values().stream().map(PairFeed::trades).toList());
    lookup.watch(watched);
    Set<String> streams = new LinkedHashSet<>();
    watched.forEach((symbol, instrument) -> {
      Detail detail = details.getOrDefault(symbol, Detail.PRICE);
      pair(symbol, lookup.described(symbol, instrument)).watch(detail, now, emission);
      streams.addAll(BinanceStreams.of(symbol, detail, options.books().speed()));
    });
    slots.set(streams, now);
  }

  /** Forgets the pairs that aren't watched, but for how far the books of the latest were shown. */
  private void forget(Set<String> watched) {
    pairs.forEach((symbol, pair) -> {
      if (!watched.contains(symbol)) {
        shownBooks.remove(symbol);
        shownBooks.put(symbol, pair.shown());
      }
    });
    pairs.keySet().retainAll(watched);
    while (shownBooks.size() > MAX_FORGOTTEN) {
      shownBooks.remove(shownBooks.keySet().iterator().next());
    }
  }

  private PairFeed pair(String symbol, Instrument instrument) {
    PairFeed pair =
        pairs.computeIfAbsent(
            symbol,
            _ -> {
              BookSync.Shown shown = shownBooks.getOrDefault(symbol, BookSync.Shown.NOTHING);
              return new PairFeed(symbol, shown, instrument, options, calls, link, notes);
            });
    pair.describe(instrument);
    return pair;
  }

  private void onTime(long now) {
    slots.onTime(now);
    lookup.onTime(now);
    pairs.values().forEach(pair -> pair.askForSnapshot(now));
  }

  private void onSocket(Arrival arrival) {
    switch (arrival) {
      case Arrival.Opened(String name, long now) -> {
        StreamSlots.Place place = slots.place(name);
        if (place != null) {
          place.slot().opened(place.socket(), now, stream -> resumed(stream, now));
        }
      }
      case Arrival.Ended(String name, var end, long now) -> {
        StreamSlots.Place place = slots.place(name);
        if (place != null) {
          place.slot().ended(place.socket(), end, now);
        }
      }
      case Arrival.Pinged(String name, long now) -> {
        StreamSlots.Place place = slots.place(name);
        if (place != null) {
          place.socket().heard(now);
        }
      }
      default -> throw new IllegalStateException("not of a socket: " + arrival);
    }
  }

  private void resumed(String stream, long now) {
    PairFeed pair = pairs.get(BinanceStreams.symbolOf(stream));
    if (pair == null) {
      return;
    }
    pair.onResumed();
    if (stream.endsWith(options.books().speed().stream())) {
      pair.onBookResumed(now);
    }
  }

  private void onFrame(Arrival.Frame arrival) {
    StreamSlots.Place place = slots.place(arrival.socket());
    if (place != null && !place.socket().isOpen()) {
      link.fault("closed-socket", "a frame of %s, which is not open".formatted(arrival.socket()));
      return;
    }
    StreamEvent event = read(arrival);
    if (event == null) {
      return;
    }
    hear(place, arrival.received());
    PairFeed pair = pair();
    if (pair != null) {
      pair.onEvent(event, arrival.received(), emission);
      held.note(pair.trades());
    } else if (place != null) {
      onControl(place, arrival.received());
    }
  }

  /** Reads a frame; null if it is bad. What listeners throw is never taken for a fault of it. */
  private @Nullable StreamEvent read(Arrival.Frame arrival) {
    byte[] payload = arrival.payload();
    try {
      BinanceFrameReader.read(payload, 0, payload.length, frame);
      PairFeed pair = pair();
      return pair == null ? StreamEvent.OTHER : pair.read(frame, payload, arrival.received());
    } catch (JacksonException e) {
      link.fault("json", cut("not valid JSON: " + e.getOriginalMessage()));
    } catch (IllegalArgumentException e) {
      link.fault("frame", cut(String.valueOf(e.getMessage())));
    }
    return null;
  }

  private @Nullable PairFeed pair() {
    return frame.symbol == null ? null : pairs.get(frame.symbol);
  }

  private static String cut(String reason) {
    return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
  }

  private void hear(StreamSlots.@Nullable Place place, long now) {
    if (place == null) {
      return;
    }
    if (frame.stream == null) {
      place.socket().heard(now);
    } else {
      place.socket().heard(frame.stream, now);
    }
  }

  /** Takes an answer to a request, or an event of the connection itself. */
  private void onControl(StreamSlots.Place place, long now) {
    if ("serverShutdown".equals(frame.event)) {
      link.fault("shutdown", "%s is about to be shut down".formatted(place.socket().name()));
      place.slot().replace(now);
    } else if (frame.refused) {
      Long id = frame.requestId == BinanceFrame.ABSENT ? null : frame.requestId;
      String reason = "%d %s".formatted(frame.errorCode, String.valueOf(frame.errorText));
      place.slot().refused(place.socket(), id, cut(reason));
    } else if (frame.answered) {
      place.slot().answered(place.socket(), frame.requestId, stream -> resumed(stream, now));
    }
  }
}
