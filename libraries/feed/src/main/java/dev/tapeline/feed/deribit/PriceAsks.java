package dev.tapeline.feed.deribit;

import dev.tapeline.market.instrument.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Asks for the last prices of instruments at once, and again where nothing has come for a while.
 * Many of a currency are asked for by one call. Owned by the thread of its feed.
 */
final class PriceAsks {

  private static final long AGAIN_MILLIS = Duration.ofSeconds(20).toMillis();

  /** So many instruments of a list are asked for one by one. */
  private static final int MAX_SINGLE = 10;

  private final DeribitCalls calls;
  private final Map<String, Ask> asks = new HashMap<>();

  private static final class Ask {
    private final Instrument instrument;
    private boolean made;
    private long due;

    Ask(Instrument instrument) {
      this.instrument = instrument;
    }
  }

  PriceAsks(DeribitCalls calls) {
    this.calls = calls;
  }

  /** Says whose prices are wanted. */
  void want(Collection<Instrument> instruments) {
    Map<String, Ask> before = Map.copyOf(asks);
    asks.clear();
    for (Instrument instrument : instruments) {
      String name = instrument.securityId();
      asks.put(name, before.getOrDefault(name, new Ask(instrument)));
    }
  }

  /**
   * Makes the calls that are due.
   *
   * @param pricedAt when a price of an instrument has come last, by its name
   */
  void onTime(long now, ToLongFunction<String> pricedAt) {
    Map<String, List<String>> due = new TreeMap<>();
    asks.forEach((name, ask) -> {
      if (now < ask.due || (ask.made && now - pricedAt.applyAsLong(name) < AGAIN_MILLIS)) {
        return;
      }
      ask.made = true;
      ask.due = now + AGAIN_MILLIS;
      if (ask.instrument instanceof Instrument.Index) {
        calls.index(name, now);
      } else {
        due.computeIfAbsent(list(ask.instrument), _ -> new ArrayList<>()).add(name);
      }
    });
    due.forEach((list, names) -> {
      if (names.size() > MAX_SINGLE) {
        int colon = list.indexOf(':');
        calls.summary(list.substring(0, colon), list.substring(colon + 1));
      } else {
        names.stream().sorted().forEach(calls::ticker);
      }
    });
  }

  /** Currency and kind of the list that an instrument is in, as {@code BTC:option}. */
  private static String list(Instrument instrument) {
    String index = DeribitNames.indexSymbol(DeribitNames.beginning(instrument.securityId()));
    String kind =
        switch (instrument) {
          case Instrument.Option _ -> "option";
          case Instrument.Pair _ when !instrument.securityId().contains("-") -> "spot";
          case Instrument.Future _, Instrument.Pair _, Instrument.Index _, Instrument.Share _ ->
              "future";
        };
    return DeribitNames.currencyOf(index) + ":" + kind;
  }
}
