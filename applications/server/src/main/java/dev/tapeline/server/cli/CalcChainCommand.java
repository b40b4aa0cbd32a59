package dev.tapeline.server.cli;

import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.DayCount;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.server.calc.ChainCalculator;
import dev.tapeline.server.calc.ChainTable;
import dev.tapeline.server.calc.CsvProblem;
import dev.tapeline.server.calendar.CalendarFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that computes an option chain. */
@Command(
    name = "chain",
    description = {
      "Computes an option chain.",
      "Reads what Dhan's /v2/optionchain answers, as JSON, from standard input, and writes CSV to"
          + " standard output: a line for each option, or with --figures one for each figure of the"
          + " chain.",
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nUnits:%n",
    footer = {
      "  iv      volatility of the strike, in percent a year; mid_iv, bid_iv, ask_iv: of the option",
      "  theta   for one day; vega, rho: for a point of volatility, of the rate",
      "  reason  why a volatility is absent: its field is then empty",
    })
final class CalcChainCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Option(
      names = "--expiry",
      paramLabel = "DATE",
      required = true,
      description = "The day of expiry, such as 2026-12-08.")
  private LocalDate expiry = LocalDate.EPOCH;

  @Option(
      names = "--now",
      paramLabel = "TIME",
      description = "When the answer was given, such as 2026-12-03T04:15:00Z. Default: now.")
  private @Nullable Instant now;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "" + ChainConvention.DEFAULT_RATE,
      description = "Interest a year, compounded continuously. Default: ${DEFAULT-VALUE}.")
  private double rate = ChainConvention.DEFAULT_RATE;

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      defaultValue = "NIFTY",
      description = "The underlying, which is an index. Default: ${DEFAULT-VALUE}.")
  private String symbol = "NIFTY";

  @Option(names = "--figures", description = "Write the figures of the chain as a whole.")
  private boolean figures;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    ChainCalculator calculator = calculator();
    try {
      OptionChain chain = calculator.read(System.in);
      ChainTable table = new ChainTable();
      boolean whole = figures ? table.writeFigures(chain, out) : table.writeOptions(chain, out);
      return whole ? Commands.OK : Commands.FAILED;
    } catch (CsvProblem e) {
      command.commandLine().getErr().println("tapeline: " + e.getMessage());
      return Commands.FAILED;
    }
  }

  private ChainCalculator calculator() {
    try {
      return new ChainCalculator(
          CalendarFile.builtIn(),
          new ChainKey(symbol, expiry),
          now == null ? Instant.now() : now,
          new ChainConvention(DayCount.CALENDAR, false, rate));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
