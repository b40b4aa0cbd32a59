package dev.tapeline.server.cli;

import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.simulate.control.SimulatorOptions;
import picocli.CommandLine.Option;

/** The options of all simulators. */
final class SimulateOptions {

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

  SimulatorOptions options() {
    try {
      return SimulatorOptions.atSpeed(speed).withHost(host).withPorts(port, controlPort);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }
}
