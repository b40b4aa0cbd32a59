package dev.tapeline.server.cli;

import dev.tapeline.feed.simulator.SessionPlan;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.simulate.control.SimulatorOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of all simulators. */
final class SimulateOptions {

  private static final int LONGEST_SESSION = 375;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the sockets and of REST. Default: any that is free.")
  private int port;

  @Option(
      names = "--control-port",
      paramLabel = "N",
      description = "Port of the control API. Default: any that is free.")
  private int controlPort;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description = "Multiple of the real speed, at most 50. Default: ${DEFAULT-VALUE}.")
  private double speed;

  @Option(
      names = "--session",
      paramLabel = "MIN",
      defaultValue = "20",
      description =
          "Minutes from 09:15 to 15:30 at real speed; 375 are a real session. Default:"
              + " ${DEFAULT-VALUE}.")
  private int session;

  SimulatorOptions options() {
    if (session < 1 || session > LONGEST_SESSION) {
      throw new ConfigException(
          "a session of %d minutes; from 1 to %d".formatted(session, LONGEST_SESSION));
    }
    SessionPlan plan = SessionPlan.compressed(Duration.ofMinutes(session));
    try {
      return SimulatorOptions.atSpeed(speed, plan).withHost(host).withPorts(port, controlPort);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }
}
