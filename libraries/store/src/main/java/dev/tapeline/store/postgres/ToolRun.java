package dev.tapeline.store.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A run of a short program to its end.
 *
 * @param code its exit code; -1 if it was ended because it took too long
 * @param output what it has printed, errors included
 */
record ToolRun(int code, String output) {

  /** What of the environment would change what the programs of PostgreSQL do. */
  private static final String FOREIGN = "PG[A-Z]+";

  private static final Pattern PROBLEM = Pattern.compile("\\b(FATAL|PANIC|error|could not)\\b");

  static ToolRun of(List<String> command, Duration limit) throws InterruptedException {
    try {
      Path output = Files.createTempFile("tapeline-tool", ".log");
      try {
        return run(command, limit, output);
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      return new ToolRun(-1, String.valueOf(e.getMessage()));
    }
  }

  private static ToolRun run(List<String> command, Duration limit, Path output)
      throws IOException, InterruptedException {
    Process process =
        builder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    process.getOutputStream().close();
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
      return ended
          ? new ToolRun(process.exitValue(), text)
          : new ToolRun(-1, text + "\nit took longer than " + limit.toSeconds() + " s");
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process with messages in English, and without settings for other servers. */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches(FOREIGN));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  boolean isDone() {
    return code == 0;
  }

  /** The line that says what went wrong, by the words that PostgreSQL uses for it. */
  String problem() {
    return problem(output);
  }

  /** The same of any output, without the time and the process in front. */
  static String problem(String output) {
    List<String> lines = output.lines().map(String::strip).filter(it -> !it.isEmpty()).toList();
    return lines.stream()
        .filter(line -> PROBLEM.matcher(line).find())
        .findFirst()
        .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()))
        .map(line -> line.replaceFirst("^.*(FATAL|PANIC): +", ""))
        .orElse("it said nothing");
  }
}
