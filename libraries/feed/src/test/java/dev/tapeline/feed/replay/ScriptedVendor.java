package dev.tapeline.feed.replay;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A vendor of frames {@code SYMBOL PRICE}: a trade of a symbol that is watched, while the socket is
 * open. It numbers the trades of a conversation, and asks its link for something at each arrival.
 */
final class ScriptedVendor implements Vendor {

  private static final Address.Source NOWHERE = () -> Address.of(URI.create("wss://localhost/"));

  int conversations;

  @Override
  public List<RestCall.Budget> budgets() {
    return List.of();
  }

  @Override
  public VendorSession converse(VendorLink link) {
    conversations++;
    return new Session(link);
  }

  private static final class Session implements VendorSession {

    private final VendorLink link;
    private final Map<String, Instrument> watched = new HashMap<>();
    private boolean isOpen;
    private long id;

    Session(VendorLink link) {
      this.link = link;
    }

    @Override
    public void onArrival(Arrival arrival, TickListener out) {
      link.open("a", NOWHERE, Duration.ZERO);
      link.call(RestCall.get("b", NOWHERE, "all"));
      switch (arrival) {
        case Arrival.Watch watch -> {
          watched.clear();
          watch.watchlist().instruments().keySet().forEach(it -> watched.put(it.symbol(), it));
        }
        case Arrival.Opened _ -> isOpen = true;
        case Arrival.Ended _ -> isOpen = false;
        case Arrival.Frame frame -> frame(frame, out);
        case Arrival.Time _, Arrival.Pinged _, Arrival.Answer _, Arrival.Unanswered _ -> {}
      }
    }

    private void frame(Arrival.Frame frame, TickListener out) {
      String[] words = new String(frame.payload(), StandardCharsets.UTF_8).split(" ");
      Instrument instrument = watched.get(words[0]);
      if (instrument == null || !isOpen) {
        link.fault("symbol", "nobody watches " + words[0]);
        return;
      }
      out.onTick(
          new Tick.Trade(
              instrument,
              new Times(frame.received(), frame.received()),
              ++id,
              new BigDecimal(words[1]),
              null,
              null,
              null));
      out.onFrameEnd();
    }
  }

  static Arrival.Watch watch(long time, String... symbols) {
    Map<Instrument, Detail> list = new HashMap<>();
    for (String symbol : symbols) {
      list.put(Instrument.binance(symbol), Detail.QUOTE);
    }
    return new Arrival.Watch(Watchlist.of(list), time);
  }

  static Arrival.Frame frame(long time, String text) {
    return new Arrival.Frame("ticks", true, text.getBytes(StandardCharsets.UTF_8), time);
  }
}
