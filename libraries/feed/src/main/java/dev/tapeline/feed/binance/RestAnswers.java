package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads the answers to calls, and hands them to whom they are for. Owned by its feed's thread. */
final class RestAnswers {

  private static final int MAX_REASON = 200;

  private final Map<String, PairFeed> pairs;
  private final BinanceCalls calls;
  private final InstrumentLookup lookup;
  private final VendorLink link;
  private final Consumer<Instrument> described;
  private final BinanceFrame frame = new BinanceFrame();

  /**
   * @param pairs the watched symbols; a view
   * @param described is told each instrument that was looked up
   */
  RestAnswers(
      Map<String, PairFeed> pairs,
      BinanceCalls calls,
      InstrumentLookup lookup,
      VendorLink link,
      Consumer<Instrument> described) {
    this.pairs = pairs;
    this.calls = calls;
    this.lookup = lookup;
    this.link = link;
    this.described = described;
  }

  /** Takes an answer, and passes on the ticks that come of it. */
  void onAnswer(Arrival.Answer answer, Consumer<Tick> out) {
    boolean isPage = answer.call().startsWith(BinanceCalls.INSTRUMENTS);
    switch (calls.judge(answer)) {
      case GOOD -> {
        Runnable take = read(answer, out);
        if (take == null) {
          onNoAnswer(answer.call(), answer.received(), out);
        } else {
          take.run();
        }
      }
      case REFUSED -> {
        if (isPage) {
          lookup.refused();
        } else {
          onNoAnswer(answer.call(), answer.received(), out);
        }
      }
      case LATER -> onNoAnswer(answer.call(), answer.received(), out);
    }
  }

  /** Takes that there is no answer, or none of use. */
  void onNoAnswer(String call, long now, Consumer<Tick> out) {
    PairFeed pair = pairOf(call);
    if (call.startsWith(BinanceCalls.INSTRUMENTS)) {
      lookup.failed(now);
    } else if (pair != null && call.startsWith(BinanceCalls.TRADES)) {
      pair.trades().giveUp(now, out);
    } else if (pair != null) {
      pair.onNoSnapshot(now);
    }
  }

  /** The pair of {@code aggTrades:BTCUSDT} and {@code depth:BTCUSDT:1000}. */
  private @Nullable PairFeed pairOf(String call) {
    String[] parts = call.split(":", 3);
    return parts.length < 2 ? null : pairs.get(parts[1]);
  }

  /** Reads an answer, and returns what is to be done with it; null if it is bad. */
  private @Nullable Runnable read(Arrival.Answer answer, Consumer<Tick> out) {
    try {
      return content(answer, out);
    } catch (JacksonException e) {
      bad(answer, "not valid JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      bad(answer, String.valueOf(e.getMessage()));
    }
    return null;
  }

  private void bad(Arrival.Answer answer, String reason) {
    String text = "%s: %s".formatted(answer.call(), reason);
    link.fault("answer", text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text);
  }

  private Runnable content(Arrival.Answer answer, Consumer<Tick> out) {
    PairFeed pair = pairOf(answer.call());
    if (answer.call().startsWith(BinanceCalls.INSTRUMENTS)) {
      BinanceInstruments instruments = BinanceInstruments.parse(answer.body());
      return () -> learn(instruments);
    } else if (pair == null) {
      return () -> {}; // unwatched since
    } else if (answer.call().startsWith(BinanceCalls.TRADES)) {
      List<Aggregate> trades = AggregateReader.read(answer.body());
      return () -> pair.onFetched(trades, answer.received(), out);
    }
    BinanceFrameReader.read(answer.body(), 0, answer.body().length, frame);
    Tick.Depth snapshot = BinanceTicks.snapshot(frame, pair.instrument(), answer.received());
    int limit = Integer.parseInt(answer.call().substring(answer.call().lastIndexOf(':') + 1));
    return () -> pair.onSnapshot(snapshot, limit, answer.received(), out);
  }

  private void learn(BinanceInstruments instruments) {
    lookup.learn(instruments);
    pairs.forEach((symbol, pair) -> {
      Instrument known = lookup.described(symbol, pair.instrument());
      if (!known.equals(pair.instrument())) {
        pair.describe(known);
        described.accept(known);
      }
    });
  }
}
