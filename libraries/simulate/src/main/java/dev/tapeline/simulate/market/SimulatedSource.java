package dev.tapeline.simulate.market;

import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.simulator.SessionPlan;
import dev.tapeline.feed.simulator.SimulatedInstruments;
import dev.tapeline.feed.simulator.SimulatedMarket;
import dev.tapeline.feed.simulator.SimulatorFeed;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.TickListener;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The demo's simulated market as a source; its thread is {@code feed-simulator}. */
public final class SimulatedSource implements MarketSource {

  private static final Logger log = LoggerFactory.getLogger(SimulatedSource.class);

  private final SimulatorFeed feed;
  private final List<Instrument> instruments;

  private SimulatedSource(SimulatorFeed feed, List<Instrument> instruments) {
    this.feed = feed;
    this.instruments = instruments;
  }

  /**
   * The market of this seed, which opens now on this clock; contracts of later days are left out.
   *
   * @param plan its hours, in times of the clock
   * @param speed of the clock, as a multiple of the real one
   */
  public static SimulatedSource of(long seed, SessionPlan plan, InstantSource clock, double speed) {
    List<Instrument> instruments = new ArrayList<>(SimulatedInstruments.all());
    instruments.addAll(
        SimulatedInstruments.derivatives(SimulatedInstruments.tradingDate(clock.millis())));
    return new SimulatedSource(
        new SimulatorFeed(
            new SimulatedMarket(seed, plan, clock.millis()), clock, speed, (_, _) -> {}),
        instruments);
  }

  @Override
  public List<Instrument> instruments() {
    return instruments;
  }

  @Override
  public void start(TickListener ticks) {
    feed.start(new Log(), ticks);
  }

  @Override
  public void close() {
    feed.close();
  }

  /** Writes what happens to the market to the log. */
  private static final class Log implements FeedListener {

    @Override
    public void onStatus(FeedStatus status) {
      log.debug("the simulated market is {}", status.state());
    }

    @Override
    public void onFault(FeedFault fault) {
      log.warn("the simulated market has a fault: {}", fault);
    }

    @Override
    public void onEnded() {
      log.info("the simulated market has ended");
    }

    @Override
    public void onFailed(Exception failure) {
      log.error("the simulated market has failed", failure);
    }
  }
}
