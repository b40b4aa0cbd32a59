package dev.tapeline.server.cli;

import dev.tapeline.simulate.dhan.DhanAccount;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that runs Dhan's sockets and REST with a simulated market. */
@Command(
    name = "dhan",
    description = "Runs DhanHQ v2: feed, depth, order updates, REST.",
    mixinStandardHelpOptions = true)
final class SimulateDhanCommand implements Callable<Integer> {

  @Mixin private final SimulateOptions common = new SimulateOptions();

  @Option(
      names = "--conflation",
      paramLabel = "MS",
      defaultValue = "250",
      description = "Least time between two packets; 0 for none. Default: ${DEFAULT-VALUE}.")
  private int conflation;

  @Option(names = "--packed", description = "Puts several packets into a message.")
  private boolean packed;

  @Option(
      names = "--previous-closes",
      paramLabel = "indices|all",
      defaultValue = "indices",
      description = "Which instruments get code 6. Default: ${DEFAULT-VALUE}.")
  private String previousCloses = "";

  @Option(names = "--off-hours", description = "REST answers as at night: zeros, empty maps.")
  private boolean offHours;

  @Option(names = "--unlimited", description = "REST may be called as often as one likes.")
  private boolean unlimited;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    DhanSimulator simulator = DhanSimulator.start(options());
    return new SimulateRun(command.commandLine().getOut())
        .untilStopped(lines(simulator), simulator::close);
  }

  DhanOptions options() {
    DhanOptions options = DhanOptions.of(common.options());
    DhanOptions.Pace pace =
        new DhanOptions.Pace(
            Duration.ofMillis(Math.max(0, conflation)),
            options.pace().ping(),
            options.pace().patience());
    return options
        .with(pace)
        .packed(packed)
        .with(
            previousCloses.equals("all")
                ? DhanOptions.PreviousCloses.ALL
                : DhanOptions.PreviousCloses.INDICES)
        .offHours(offHours)
        .limited(!unlimited);
  }

  private static List<String> lines(DhanSimulator simulator) {
    String host = "localhost:" + simulator.port();
    return List.of(
        "Tapeline: Dhan, simulated",
        "  feed     ws://" + host + "/?version=2&token=…&clientId=…&authType=2",
        "  depth    ws://" + host + "/twentydepth and /twohundreddepth",
        "  orders   ws://" + host + "/",
        "  REST     http://" + host + "/v2",
        "  control  http://localhost:" + simulator.controlPort() + "/state",
        "  account  client id %s, token %s, PIN %s, TOTP secret %s"
            .formatted(
                DhanAccount.USUAL.clientId(),
                DhanAccount.USUAL.token(),
                DhanAccount.USUAL.pin(),
                DhanAccount.USUAL.totpSecret()));
  }
}
