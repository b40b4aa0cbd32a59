package dev.tapeline.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The destinations of a command's report: its output, and a file if one is given. */
public final class ReportOptions {

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the report as JSON.")
  private @Nullable Path json;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /** Prints the text, and writes the report it is made of. */
  public void print(String text, Object report) {
    PrintWriter out = command.commandLine().getOut();
    out.print(text);
    out.flush();
    if (json != null) {
      write(json, report);
    }
  }

  private static void write(Path file, Object report) {
    String text =
        new JsonMapper()
            .writer()
            .with(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsString(report);
    try {
      Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BenchException("can't write %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
