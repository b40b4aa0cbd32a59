package dev.tapeline.bench.jmh;

import dev.tapeline.bench.cli.BenchException;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** The command that runs the JMH benchmarks in their own process, the only one that has JMH. */
@Command(
    name = "jmh",
    description = "Runs the JMH benchmarks of the hot paths, all or those that match.")
public final class JmhCommand implements Callable<Integer> {

  @Parameters(paramLabel = "REGEX", arity = "0..*", description = "Benchmarks; JMH's options too.")
  private List<String> arguments = List.of();

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path") + File.pathSeparator + libraries());
    command.add("org.openjdk.jmh.Main");
    command.addAll(options);
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static String libraries() {
    Path folder = ownJar().resolveSibling("jmh");
    if (!Files.isDirectory(folder)) {
      throw new BenchException("JMH is not in " + folder + ": start it by ./tapeline bench jmh");
    }
    return folder.resolve("*").toString();
  }

  private static Path ownJar() {
    try {
      return Path.of(JmhCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new BenchException("can't tell where the benchmarks are: " + e.getMessage(), e);
    }
  }
}
