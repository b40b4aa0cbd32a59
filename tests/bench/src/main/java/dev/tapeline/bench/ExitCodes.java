package dev.tapeline.bench;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** The exit codes of the commands, and the line that goes with a bad one. */
final class ExitCodes {

  static final int GOOD = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private ExitCodes() {}

  /** Prints the reason, and returns the code. */
  static int explain(PrintWriter err, @Nullable String reason, int code) {
    err.println("tapeline bench: " + reason);
    return code;
  }
}
