package dev.tapeline.server.cli;

import picocli.CommandLine.Command;

/**
 * The calculators: what the server computes, from a file instead of a market. Each reads standard
 * input and writes CSV to standard output, so that its figures can be compared with those of other
 * programs.
 */
@Command(
    name = "calc",
    description = "Computes bars, indicators and options from files, as the server does.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "CALCULATOR",
    subcommands = {
      CalcBarsCommand.class,
      CalcChainCommand.class,
      CalcIndicatorsCommand.class,
      CalcOptionsCommand.class
    })
final class CalcCommand {}
