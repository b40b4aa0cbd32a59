package dev.tapeline.server.cli;

import dev.tapeline.simulate.binance.BinanceOptions;
import dev.tapeline.simulate.binance.BinanceSimulator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that runs Binance's sockets and REST with a simulated market. */
@Command(
    name = "binance",
    description = "Runs the spot streams and market data REST of Binance.",
    mixinStandardHelpOptions = true)
final class SimulateBinanceCommand implements Callable<Integer> {

  @Mixin private final SimulateOptions common = new SimulateOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    BinanceSimulator simulator = BinanceSimulator.start(BinanceOptions.of(common.options()));
    return new SimulateRun(command.commandLine().getOut())
        .untilStopped(lines(simulator), simulator::close);
  }

  private static List<String> lines(BinanceSimulator simulator) {
    String host = "localhost:" + simulator.port();
    return List.of(
        "Tapeline: Binance, simulated",
        "  streams  ws://" + host + "/ws and /stream",
        "  REST     http://" + host + "/api/v3",
        "  control  http://localhost:" + simulator.controlPort() + "/state");
  }
}
