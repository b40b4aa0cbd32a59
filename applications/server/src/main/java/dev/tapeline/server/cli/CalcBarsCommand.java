package dev.tapeline.server.cli;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.server.calc.BarCalculator;
import dev.tapeline.server.calc.CsvProblem;
import dev.tapeline.server.calc.SessionClass;
import dev.tapeline.server.calendar.CalendarFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that computes the bars of trades. */
@Command(
    name = "bars",
    description = {
      "Computes the bars of trades.",
      "Reads CSV with a header from standard input and writes CSV to standard output.",
      "",
      "Columns in: time,price,quantity in any order; others are ignored.",
      "Columns out: time,open,high,low,close,volume,count."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nUnits:%n",
    footer = {
      "  time      when, in s, ms, us or ns since 1970, or as 2026-11-29T09:15:00+05:30;",
      "            that of a bar is its begin, in the same unit, ISO times in UTC",
      "  quantity  may be 0; empty where it is unknown: the volume is then empty",
      "",
      "Trades may be 90 s late. Those that no bar takes are counted on standard error."
    })
final class CalcBarsCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Option(
      names = "--tf",
      paramLabel = "FRAME",
      defaultValue = "1m",
      description =
          "1s to 86400s, 1m to 1440m, 1h to 24h, 1d, 1w or 1M. Default: ${DEFAULT-VALUE}.")
  private String frame = "1m";

  @Option(
      names = "--session",
      paramLabel = "CLASS",
      defaultValue = SessionClass.UTC,
      description =
          "Hours that frames are anchored at: UTC, NSE_EQ, NSE_EQ_FNO (shares with derivatives),"
              + " NSE_FNO, NSE_CURRENCY, the same of BSE, MCX_COMM or IDX_I. Default:"
              + " ${DEFAULT-VALUE}.")
  private String session = SessionClass.UTC;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = command.commandLine().getErr();
    Frame length = frame();
    SessionClass hours = hours();
    try {
      BarCalculator calculator = new BarCalculator(System.in, length, hours);
      boolean whole = calculator.writeTo(command.commandLine().getOut());
      List<String> leftOut = calculator.leftOut();
      if (!leftOut.isEmpty()) {
        err.println("tapeline: left out: " + String.join(", ", leftOut));
      }
      return whole ? Commands.OK : Commands.FAILED;
    } catch (CsvProblem e) {
      err.println("tapeline: " + e.getMessage());
      return Commands.FAILED;
    }
  }

  private Frame frame() {
    try {
      return Frame.parse(frame);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--tf: " + e.getMessage(), e);
    }
  }

  private SessionClass hours() {
    try {
      return SessionClass.parse(CalendarFile.builtIn(), session);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--session: " + e.getMessage(), e);
    }
  }
}
