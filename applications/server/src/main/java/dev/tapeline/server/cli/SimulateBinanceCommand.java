package dev.tapeline.server.cli;

import dev.tapeline.simulate.binance.BinanceOptions;
import dev.tapeline.simulate.binance.BinanceSimulator;
import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.control.VendorSimulator;
import java.util.List;
import picocli.CommandLine.Command;

/** The command that runs Binance's sockets and REST with a simulated market. */
@Command(
    name = "binance",
    description = "Runs the spot streams and market data REST of Binance.",
    mixinStandardHelpOptions = true)
final class SimulateBinanceCommand extends VendorSimulatorCommand {

  @Override
  VendorSimulator<?> start(SimulatorOptions options) {
    return BinanceSimulator.start(BinanceOptions.of(options));
  }

  @Override
  List<String> addresses(String host) {
    return List.of(
        "Tapeline: Binance, simulated",
        "  streams  ws://" + host + "/ws and /stream",
        "  REST     http://" + host + "/api/v3");
  }
}
