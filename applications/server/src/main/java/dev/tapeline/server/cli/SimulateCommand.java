package dev.tapeline.server.cli;

import picocli.CommandLine.Command;

/** The commands that run a vendor's servers with a simulated market. */
@Command(
    name = "simulate",
    description = "Runs a vendor's sockets and REST with a simulated market.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VENDOR",
    subcommands = {
      SimulateDhanCommand.class,
      SimulateBinanceCommand.class,
      SimulateDeribitCommand.class
    })
final class SimulateCommand {}
