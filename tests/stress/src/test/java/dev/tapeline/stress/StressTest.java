package dev.tapeline.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs jcstress in a JVM of its own, some seconds a test. With the Maven profile {@code stress} it
 * takes the time that jcstress takes by default, some minutes a test.
 */
class StressTest {

  /** One JVM a test, which may run on any CPU, and compiles as it likes. */
  private static final List<String> SHORT =
      List.of("-f", "1", "-fsm", "0", "-iters", "1", "-time", "200", "-sc", "false", "-af", "NONE");

  @Test
  void nothingForbiddenIsSeen() throws IOException, InterruptedException {
    Path reports = Path.of("target", "jcstress").toAbsolutePath();
    Files.createDirectories(reports);
    Path output = reports.resolve("output.txt");
    Process process =
        new ProcessBuilder(command(reports))
            .directory(reports.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> tail(output));
  }

  private static List<String> command(Path reports) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                absolute(System.getProperty("java.class.path")),
                "org.openjdk.jcstress.Main",
                "-r",
                reports.toString()));
    if (System.getProperty("stress.mode", "short").equals("short")) {
      command.addAll(SHORT);
    }
    return command;
  }

  private static String absolute(String classPath) {
    return String.join(
        File.pathSeparator,
        List.of(classPath.split(File.pathSeparator)).stream()
            .map(part -> Path.of(part).toAbsolutePath().toString())
            .toList());
  }

  private static String tail(Path output) {
    try {
      List<String> lines = Files.readAllLines(output);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 200), lines.size()));
    } catch (IOException e) {
      return "no output: " + e.getMessage();
    }
  }
}
