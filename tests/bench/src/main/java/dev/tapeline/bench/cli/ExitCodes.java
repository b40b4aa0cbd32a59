package dev.tapeline.bench.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** The exit codes of the commands, and the line that goes with a bad one. */
public final class ExitCodes {

  public static final int GOOD = 0;
  public static final int FAILED = 1;
  public static final int MISUSED = 2;

  private ExitCodes() {}

  /** Prints the reason, and returns the code. */
  public static int explain(PrintWriter err, @Nullable String reason, int code) {
    err.println("tapeline bench: " + reason);
    return code;
  }
}
