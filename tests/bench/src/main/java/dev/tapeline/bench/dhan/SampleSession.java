package dev.tapeline.bench.dhan;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.dhan.DhanOptions;
import dev.tapeline.feed.dhan.DhanVendor;
import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.dhan.rest.ChainLegs;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dhan's session that watches the instruments of a sample on one socket, without a network. Owned
 * by one thread, which is the feed's and the market's thread here.
 */
public final class SampleSession {

  private final VendorSession session;
  private final String socket;

  /**
   * @param detail what is watched of each instrument
   */
  public SampleSession(SamplePackets sample, FeedMode mode, Detail detail) {
    NoLink link = new NoLink();
    session = new DhanVendor(options(mode), parts()).converse(link);
    Map<Instrument, Detail> watched = new HashMap<>();
    sample.instruments().forEach(one -> watched.put(one, detail));
    NoTicks none = new NoTicks();
    session.onArrival(new Arrival.Watch(Watchlist.of(watched), SamplePackets.RECEIVED), none);
    link.sockets()
        .forEach(name -> session.onArrival(new Arrival.Opened(name, SamplePackets.RECEIVED), none));
    socket = link.sockets().getFirst();
  }

  private static DhanOptions options(FeedMode mode) {
    DhanOptions own = DhanOptions.of(() -> "client", () -> "token");
    return new DhanOptions(
        own.account(),
        own.sockets(),
        own.limits(),
        own.deepBooks(),
        mode,
        own.tradeTimeAhead(),
        own.chainInterval(),
        own.tokens(),
        own.orderUpdates(),
        own.budgets(),
        own.seed());
  }

  private static DhanVendor.Parts parts() {
    ChainLegs none =
        new ChainLegs() {
          @Override
          public @Nullable Instrument underlying(String symbol) {
            return null;
          }

          @Override
          public @Nullable Instrument leg(
              ChainKey chain, BigDecimal strike, Instrument.Right right, @Nullable String id) {
            return null;
          }
        };
    return DhanVendor.Parts.of(TradingHours.ALWAYS, none);
  }

  /**
   * Gives it a frame of packets.
   *
   * @param received epoch ms UTC
   */
  public void give(byte[] frame, long received, TickListener out) {
    session.onArrival(new Arrival.Frame(socket, false, frame, received), out);
  }

  /** Takes the ticks of the beginning, of which there are none. */
  private static final class NoTicks implements TickListener {

    @Override
    public void onTick(Tick tick) {}

    @Override
    public void onTime(long millis) {}

    @Override
    public void onFrameEnd() {}

    @Override
    public void onBatchEnd() {}
  }
}
