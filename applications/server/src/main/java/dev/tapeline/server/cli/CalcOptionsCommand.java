package dev.tapeline.server.cli;

import dev.tapeline.server.calc.CsvProblem;
import dev.tapeline.server.calc.OptionCalculator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that computes volatilities or prices of options, and their greeks. */
@Command(
    name = "options",
    description = {
      "Computes volatilities or prices of European options, and their greeks.",
      "Reads CSV with a header from standard input and writes CSV to standard output, row by row.",
      "",
      "Columns in: type,forward,strike,years,rate and price or iv, in any order.",
      "Columns out: type,forward,strike,years,rate,iv,price,delta,gamma,theta,vega,rho,reason."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nUnits:%n",
    footer = {
      "  type     call or put (or c, p, ce, pe)",
      "  forward  price of the underlying for the expiry, in the currency of strike and price",
      "  years    time to the expiry in years, such as 7545/525600 = 0.014355022831050228",
      "  rate     interest a year, compounded continuously: 0.065 is 6.5 %%",
      "  price    today's price of the option, discounted by the rate",
      "  iv       volatility a year: 0.16 is 16 %%",
      "  delta    change of the price for 1 of the forward; gamma: change of delta for 1 of it",
      "  theta    change of the price for a year that passes; divide by 365 for a day",
      "  vega     change of the price for 1 of iv; divide by 100 for a point",
      "  rho      change of the price for 1 of the rate; divide by 100 for a percent",
      "  reason   why a figure is absent: its field is then empty",
    })
final class CalcOptionsCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "black76",
      description = "black76: options on a forward. Default: ${DEFAULT-VALUE}.")
  private String model = "black76";

  @Override
  public Integer call() throws IOException {
    if (!model.equals("black76")) {
      throw new ParameterException(
          command.commandLine(), "--model: '%s' is unknown; there is black76".formatted(model));
    }
    PrintWriter out = command.commandLine().getOut();
    try {
      return new OptionCalculator(System.in).writeTo(out) ? Commands.OK : Commands.FAILED;
    } catch (CsvProblem e) {
      command.commandLine().getErr().println("tapeline: " + e.getMessage());
      return Commands.FAILED;
    }
  }
}
