package dev.tapeline.server.cli;

import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.server.calc.CsvProblem;
import dev.tapeline.server.calc.IndicatorCalculator;
import dev.tapeline.server.calc.SessionClass;
import dev.tapeline.server.calendar.CalendarFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that computes indicators over bars. */
@Command(
    name = "indicators",
    description = {
      "Computes technical indicators over bars.",
      "Reads CSV with a header from standard input and writes CSV to standard output, row by row.",
      "",
      "Columns in: time,open,high,low,close and volume, in any order.",
      "Columns out: time and one for each value; a field is empty until the value is defined."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nIndicators, with the numbers that may be left out:%n",
    footer = {
      "  rsi-14, ema-20, sma-20, wma-20, atr-14, cci-20, obv",
      "  macd-12-26-9   line, .signal, .histogram",
      "  bb-20-2        middle, .upper, .lower, .percentB, .width",
      "  stoch-14-3-3   %%K, .d",
      "  adx-14         ADX, .plusDi, .minusDi",
      "  supertrend-10-3  stop, .direction (1 rising, -1 falling)",
      "  ichimoku-9-26-52 conversion, .base, .spanA, .spanB, .leadA, .leadB",
      "  vwap-1, pivots   of a session: see --session",
    })
final class CalcIndicatorsCommand implements Callable<Integer> {

  private static final String ONE = "one";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Parameters(index = "0", paramLabel = "INDICATORS", description = "Such as rsi-14,macd-12-26-9.")
  private String indicators = "";

  @Option(
      names = "--session",
      paramLabel = "CLASS",
      defaultValue = ONE,
      description =
          "Hours in which vwap begins anew and pivots look back: one (all rows are one session),"
              + " UTC, NSE_EQ, NSE_EQ_FNO (shares with derivatives), NSE_FNO, NSE_CURRENCY, the"
              + " same of BSE, MCX_COMM or IDX_I. Default: ${DEFAULT-VALUE}.")
  private String session = ONE;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    IndicatorSpec spec = spec();
    SessionClass hours = hours();
    try {
      return new IndicatorCalculator(System.in, spec, hours).writeTo(out)
          ? Commands.OK
          : Commands.FAILED;
    } catch (CsvProblem e) {
      command.commandLine().getErr().println("tapeline: " + e.getMessage());
      return Commands.FAILED;
    }
  }

  private IndicatorSpec spec() {
    try {
      return IndicatorSpec.parse(indicators);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private @Nullable SessionClass hours() {
    if (session.equals(ONE)) {
      return null;
    }
    try {
      return SessionClass.parse(CalendarFile.builtIn(), session);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--session: " + e.getMessage(), e);
    }
  }
}
