package dev.tapeline.bench.vendor;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The simulator of Dhan in a process of its own, until its input ends; for {@code vendor}. */
@Command(
    name = "market",
    hidden = true,
    description = "Runs the simulator of Dhan with the market of 'vendor'.")
public final class MarketCommand implements Callable<Integer> {

  @Option(names = "--instruments", required = true, description = "How many shares there are.")
  private int instruments;

  @Option(names = "--rate", required = true, description = "Trades of each in a second.")
  private double rate;

  @Option(names = "--start-micros", required = true, description = "Begin of the run since 1970.")
  private long startMicros;

  @Option(names = "--port", required = true, description = "Port of the vendor's server.")
  private int port;

  @Option(names = "--packed", description = "Puts several packets into a message.")
  private boolean packed;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    SimulatorOptions common =
        SimulatorOptions.usual()
            .with(new PacedMarket(instruments, rate, startMicros), InstantSource.system())
            .withPorts(port, 0);
    DhanOptions usual = DhanOptions.of(common);
    DhanOptions.Pace pace =
        new DhanOptions.Pace(Duration.ZERO, usual.pace().ping(), usual.pace().patience());
    DhanSimulator simulator = DhanSimulator.start(usual.with(pace).packed(packed).limited(false));
    command.commandLine().getOut().println("listens on " + simulator.port());
    try (InputStream input = System.in) {
      input.transferTo(OutputStream.nullOutputStream());
    } finally {
      simulator.close();
    }
    return ExitCodes.GOOD;
  }
}
