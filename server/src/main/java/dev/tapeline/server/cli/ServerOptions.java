package dev.tapeline.server.cli;

import dev.tapeline.server.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of each command that starts a server. */
final class ServerOptions {

  @Option(names = "--config", paramLabel = "FILE", description = "Settings in YAML.")
  @Nullable Path config;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** All settings; those given here win over the file and the environment. */
  Settings load(Map<String, String> options) {
    return Settings.load(Optional.ofNullable(config), System.getenv(), new HashMap<>(options));
  }
}
