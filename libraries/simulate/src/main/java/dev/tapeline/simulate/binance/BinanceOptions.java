package dev.tapeline.simulate.binance;

import dev.tapeline.simulate.control.SimulatorOptions;
import java.time.Duration;

/**
 * What the simulator of Binance is told.
 *
 * @param ping the time between two pings
 * @param patience how long a client may leave a ping unanswered
 * @param messagesPerSecond how many messages a client may send, pings and pongs included
 * @param weightPerMinute how much REST may be used
 */
public record BinanceOptions(
    SimulatorOptions common,
    Duration ping,
    Duration patience,
    int messagesPerSecond,
    int weightPerMinute) {

  /** As Binance itself, on any ports of this machine. */
  public static BinanceOptions usual() {
    return of(SimulatorOptions.usual());
  }

  public static BinanceOptions of(SimulatorOptions common) {
    return new BinanceOptions(common, Duration.ofSeconds(20), Duration.ofMinutes(1), 5, 6000);
  }

  public BinanceOptions with(SimulatorOptions other) {
    return new BinanceOptions(other, ping, patience, messagesPerSecond, weightPerMinute);
  }

  public BinanceOptions withPings(Duration between, Duration longest) {
    return new BinanceOptions(common, between, longest, messagesPerSecond, weightPerMinute);
  }

  public BinanceOptions withWeight(int aMinute) {
    return new BinanceOptions(common, ping, patience, messagesPerSecond, aMinute);
  }
}
