package dev.tapeline.simulate.dhan;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.Scripted;
import dev.tapeline.simulate.TestSocket;
import dev.tapeline.simulate.market.ScriptedSource;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A simulator of Dhan with a scripted market, in which each change is passed on at once. */
final class DhanRig implements AutoCloseable {

  static final String CREDENTIALS = "token=simulated-token&clientId=1100000001&authType=2";
  static final String FEED = "/?version=2&" + CREDENTIALS;

  private final ScriptedSource market = Scripted.source();
  final DhanSimulator simulator;

  DhanRig(UnaryOperator<DhanOptions> change) {
    DhanOptions options =
        DhanOptions.of(Scripted.options(market))
            .with(
                new DhanOptions.Pace(
                    Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(40)));
    simulator = DhanSimulator.start(change.apply(options));
    tell(
        Scripted.open(Scripted.NIFTY, "24300"),
        Scripted.index("24321.50"),
        Scripted.open(Scripted.HDFCBANK, "1650"),
        Scripted.trade(Scripted.HDFCBANK, 1, "1642.35", "25"));
  }

  /** Lets something happen in the market, and waits until the simulator knows it. */
  void tell(Tick... ticks) {
    market.tell(ticks);
    simulator.control().state(); // done on the loop after it
  }

  static DhanRig start() {
    return new DhanRig(UnaryOperator.identity());
  }

  TestSocket open(String path) {
    return TestSocket.open(simulator.port(), path);
  }

  TestSocket feed() {
    return open(FEED);
  }

  /** A request for instruments by segment and id in turn. */
  static String request(int code, String... instruments) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < instruments.length; i += 2) {
      list.append(i == 0 ? "" : ",")
          .append(
              "{\"ExchangeSegment\":\"%s\",\"SecurityId\":\"%s\"}"
                  .formatted(instruments[i], instruments[i + 1]));
    }
    return "{\"RequestCode\":%d,\"InstrumentCount\":%d,\"InstrumentList\":[%s]}"
        .formatted(code, instruments.length / 2, list);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
