package dev.tapeline.server.cli;

import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.control.VendorSimulator;
import dev.tapeline.simulate.dhan.DhanAccount;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that runs Dhan's sockets and REST with a simulated market. */
@Command(
    name = "dhan",
    description = "Runs DhanHQ v2: feed, depth, order updates, REST.",
    mixinStandardHelpOptions = true)
final class SimulateDhanCommand extends VendorSimulatorCommand {

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

  @Override
  VendorSimulator<?> start(SimulatorOptions options) {
    return DhanSimulator.start(options(options));
  }

  DhanOptions options() {
    return options(common());
  }

  private DhanOptions options(SimulatorOptions common) {
    DhanOptions options = DhanOptions.of(common);
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

  @Override
  List<String> addresses(String host) {
    return List.of(
        "Tapeline: Dhan, simulated",
        "  feed     ws://" + host + "/?version=2&token=…&clientId=…&authType=2",
        "  depth    ws://" + host + "/twentydepth and /twohundreddepth",
        "  orders   ws://" + host + "/",
        "  REST     http://" + host + "/v2",
        "  account  client id %s, token %s, PIN %s, TOTP secret %s"
            .formatted(
                DhanAccount.USUAL.clientId(),
                DhanAccount.USUAL.token(),
                DhanAccount.USUAL.pin(),
                DhanAccount.USUAL.totpSecret()));
  }
}
