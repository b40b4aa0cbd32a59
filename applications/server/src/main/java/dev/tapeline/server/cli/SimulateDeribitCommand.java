package dev.tapeline.server.cli;

import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.control.VendorSimulator;
import dev.tapeline.simulate.deribit.DeribitOptions;
import dev.tapeline.simulate.deribit.DeribitSimulator;
import java.util.List;
import picocli.CommandLine.Command;

/** The command that runs Deribit's sockets and REST with a simulated market. */
@Command(
    name = "deribit",
    description = "Runs Deribit's public JSON-RPC, with options and futures on BTC and ETH.",
    mixinStandardHelpOptions = true)
final class SimulateDeribitCommand extends VendorSimulatorCommand {

  @Override
  VendorSimulator<?> start(SimulatorOptions options) {
    return DeribitSimulator.start(DeribitOptions.of(options));
  }

  @Override
  List<String> addresses(String host) {
    return List.of(
        "Tapeline: Deribit, simulated",
        "  streams  ws://" + host + "/ws/api/v2",
        "  REST     http://" + host + "/api/v2");
  }
}
