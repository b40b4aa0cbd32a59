package dev.tapeline.server.cli;

import dev.tapeline.simulate.deribit.DeribitOptions;
import dev.tapeline.simulate.deribit.DeribitSimulator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that runs Deribit's sockets and REST with a simulated market. */
@Command(
    name = "deribit",
    description = "Runs Deribit's public JSON-RPC, with options on BTC and ETH.",
    mixinStandardHelpOptions = true)
final class SimulateDeribitCommand implements Callable<Integer> {

  @Mixin private final SimulateOptions common = new SimulateOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    DeribitSimulator simulator = DeribitSimulator.start(DeribitOptions.of(common.options()));
    return new SimulateRun(command.commandLine().getOut())
        .untilStopped(lines(simulator), simulator::close);
  }

  private static List<String> lines(DeribitSimulator simulator) {
    String host = "localhost:" + simulator.port();
    return List.of(
        "Tapeline: Deribit, simulated",
        "  streams  ws://" + host + "/ws/api/v2",
        "  REST     http://" + host + "/api/v2",
        "  control  http://localhost:" + simulator.controlPort() + "/state");
  }
}
