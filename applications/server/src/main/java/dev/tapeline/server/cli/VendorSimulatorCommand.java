package dev.tapeline.server.cli;

import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.control.VendorSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that runs a vendor's sockets and REST with a simulated market until it is stopped. */
abstract class VendorSimulatorCommand implements Callable<Integer> {

  @Mixin private final SimulateOptions common = new SimulateOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /** Starts the simulator with the options of all simulators, and the command's own. */
  abstract VendorSimulator<?> start(SimulatorOptions options);

  /**
   * Where the vendor's interfaces are, a line each, below a line with its name.
   *
   * @param host and port, as in {@code localhost:9101}
   */
  abstract List<String> addresses(String host);

  @Override
  public Integer call() throws InterruptedException {
    VendorSimulator<?> simulator = start(common());
    List<String> lines = new ArrayList<>(addresses("localhost:" + simulator.port()));
    lines.add("  control  http://localhost:%d/state".formatted(simulator.controlPort()));
    return new SimulateRun(command.commandLine().getOut()).untilStopped(lines, simulator::close);
  }

  /** The options of all simulators. */
  SimulatorOptions common() {
    return common.options();
  }
}
